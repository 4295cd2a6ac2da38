'use client';
import { videoFiles } from '@ultrarslanoglu/api-client/queries/videos';
import { FolderKanban, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { cn } from '@/lib/cn';

interface Props {
  /** The video whose poster it is; null shows the sign alone. */
  videoId: string | null;
  icon?: LucideIcon;
  className?: string;
}

/** The poster of a video as a picture in 16:9, and a quiet sign where there is none. */
export function Cover({ videoId, icon: Icon = FolderKanban, className }: Props) {
  const [missing, setMissing] = useState<string | null>(null);
  return (
    <div className={cn('relative grid aspect-video place-items-center overflow-hidden bg-raised', className)}>
      {videoId && missing !== videoId ? (
        <img
          src={videoFiles.poster(videoId)}
          alt=""
          loading="lazy"
          decoding="async"
          onError={() => setMissing(videoId)}
          className="absolute inset-0 size-full object-cover"
        />
      ) : (
        <Icon aria-hidden className="size-8 text-muted/60" />
      )}
    </div>
  );
}
