'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { Ban, Check, CircleAlert, Clock, LoaderCircle, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';
import type { VideoStatus } from './video-state';

const looks: Record<VideoStatus, { icon: LucideIcon; className: string }> = {
  uploaded: { icon: Clock, className: 'text-info' },
  queued: { icon: Clock, className: 'text-info' },
  processing: { icon: LoaderCircle, className: 'text-gold-ink [&_svg]:animate-spin' },
  completed: { icon: Check, className: 'text-success' },
  failed: { icon: CircleAlert, className: 'text-danger' },
  cancelled: { icon: Ban, className: 'text-muted' },
};

/** The state in a word and a sign: colour alone says nothing to some. */
export function StatusBadge({ video, className }: { video: Pick<VideoRead, 'status'>; className?: string }) {
  const t = useTranslations('Videos.status');
  const { icon: Icon, className: look } = looks[video.status];
  return (
    <span
      data-status={video.status}
      className={cn(
        'inline-flex items-center gap-1.5 rounded-full border bg-surface px-2.5 py-1 text-xs leading-tight font-medium',
        look,
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {t(video.status)}
    </span>
  );
}
