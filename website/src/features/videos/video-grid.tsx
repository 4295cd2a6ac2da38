import type { VideoRead } from '@ultrarslanoglu/api-client';
import { Skeleton } from '@/components/ui/skeleton';
import { VideoCard } from './video-card';

const columns = 'grid gap-4 sm:grid-cols-2 xl:grid-cols-3 sm:gap-5';

export const VideoGrid = ({ videos }: { videos: readonly VideoRead[] }) => (
  <ul className={columns}>
    {videos.map((video) => (
      <li key={video.id}>
        <VideoCard video={video} />
      </li>
    ))}
  </ul>
);

export const VideoGridSkeleton = ({ count = 6 }: { count?: number }) => (
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
);
