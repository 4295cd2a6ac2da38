'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { BackLink } from '@/components/ui/back-link';
import { RelativeTime } from '@/components/ui/relative-time';
import { StatusBadge } from './status-badge';
import { TitleEditor } from './title-editor';
import { VideoActions } from './video-actions';

export function VideoHeader({ video }: { video: VideoRead }) {
  const t = useTranslations('Video');
  return (
    <header className="grid gap-3">
      <BackLink href="/videos">{t('back')}</BackLink>
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
