'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { ChevronLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';
import { Link } from '@/i18n/navigation';
import { StatusBadge } from './status-badge';
import { TitleEditor } from './title-editor';
import { VideoActions } from './video-actions';

export function VideoHeader({ video }: { video: VideoRead }) {
  const t = useTranslations('Video');
  return (
    <header className="grid gap-3">
      <Link
        href="/videos"
        className="-ml-1 inline-flex items-center gap-1 justify-self-start rounded px-1 py-1 text-sm text-muted hover:text-fg"
      >
        <ChevronLeft aria-hidden className="size-4" />
        {t('back')}
      </Link>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <TitleEditor video={video} />
          <p className="mt-2 flex flex-wrap items-center gap-3 text-sm text-muted">
            <StatusBadge video={video} />
            <RelativeTime value={video.created_at} />
          </p>
        </div>
        <VideoActions video={video} />
      </div>
    </header>
  );
}
