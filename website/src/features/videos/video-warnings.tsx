'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';

/** What went differently than expected although it worked. */
export function VideoWarnings({ video }: { video: VideoRead }) {
  const t = useTranslations('Video');
  if (video.warnings.length === 0) return null;
  return (
    <Alert tone="warning" title={t('warnings', { count: video.warnings.length })}>
      <ul>
        {video.warnings.map((warning) => (
          <li key={warning.code}>{warning.detail}</li>
        ))}
      </ul>
    </Alert>
  );
}
