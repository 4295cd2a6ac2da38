import type { VideoRead } from '@ultrarslanoglu/api-client';
import { Skeleton } from '@/components/ui/skeleton';
import { VideoCard } from './video-card';

/** As many columns as its own place has room for, whatever stands beside it. */
const columns = 'grid gap-4 @lg:grid-cols-2 @4xl:grid-cols-3 @lg:gap-5';

export const VideoGrid = ({ videos }: { videos: readonly VideoRead[] }) => (
  <div className="@container">
    <ul className={columns}>
      {videos.map((video) => (
        <li key={video.id}>
          <VideoCard video={video} />
        </li>
      ))}
    </ul>
  </div>
);

export const VideoGridSkeleton = ({ count = 6 }: { count?: number }) => (
  <div className="@container">
    <div className={columns}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="overflow-hidden rounded-card border bg-surface">
          <Skeleton className="aspect-video rounded-none" />
          <div className="grid gap-3 p-4">
            <Skeleton className="h-5 w-3/4" />
            <Skeleton className="h-5 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  </div>
);
