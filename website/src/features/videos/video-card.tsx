'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { Progress } from '@/components/ui/progress';
import { RelativeTime } from '@/components/ui/relative-time';
import { Link } from '@/i18n/navigation';
import { useReadable } from '@/lib/use-readable';
import { StatusBadge } from './status-badge';
import { useProgressText } from './use-progress-text';
import { VideoPoster } from './video-poster';
import { isUnderWay } from './video-state';

export function VideoCard({ video }: { video: VideoRead }) {
  const readable = useReadable();
  const progressText = useProgressText();
  return (
    <article className="group relative overflow-hidden rounded-card border bg-surface transition-colors focus-within:border-ring hover:border-input">
      <VideoPoster video={video} />
      {isUnderWay(video) && (
        <Progress
          value={video.progress}
          label={progressText(video)}
          className="absolute inset-x-0 -mt-1.5 h-1.5 rounded-none ring-0"
        />
      )}
      <div className="grid gap-2.5 p-4">
        <h3 className="truncate font-medium" title={video.title}>
          {/* The link covers the whole card, so that one stop of the Tab key is enough for it. */}
          <Link
            href={`/videos/${video.id}`}
            className="outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
          >
            {video.title}
          </Link>
        </h3>
        <div className="flex items-center justify-between gap-2 text-xs text-muted tabular-nums">
          <StatusBadge video={video} />
          <span className="truncate">
            {isUnderWay(video) ? (
              progressText(video)
            ) : (
              <>
                {readable.bytes(video.size)} · <RelativeTime value={video.created_at} />
              </>
            )}
          </span>
        </div>
      </div>
    </article>
  );
}
