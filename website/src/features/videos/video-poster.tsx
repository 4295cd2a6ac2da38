'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { videoFiles } from '@ultrarslanoglu/api-client/queries/videos';
import { Film } from 'lucide-react';
import { useState } from 'react';
import { useReadable } from '@/lib/use-readable';
import { cn } from '@/lib/cn';

/** The picture that stands for a video, in 16:9 whatever the video's own shape; upright videos keep theirs in the middle. */
export function VideoPoster({ video, className }: { video: VideoRead; className?: string }) {
  const readable = useReadable();
  const [isMissing, setMissing] = useState(false);
  const isUpright = (video.height ?? 0) > (video.width ?? 0);
  const hasPoster = video.status === 'completed' && !isMissing;
  return (
    <div className={cn('relative grid aspect-video place-items-center overflow-hidden bg-raised', className)}>
      {hasPoster ? (
        <img
          src={videoFiles.poster(video.id)}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setMissing(true)}
          className={cn('absolute inset-0 size-full bg-black', isUpright ? 'object-contain' : 'object-cover')}
        />
      ) : (
        <Film aria-hidden className="size-8 text-muted/60" />
      )}
      {video.duration !== null && (
        <span className="absolute right-2 bottom-2 rounded-md bg-black/75 px-1.5 py-0.5 text-xs font-medium text-white tabular-nums">
          {readable.clock(video.duration)}
        </span>
      )}
    </div>
  );
}
