'use client';
import { processingVideosQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { SectionHeading } from '@/components/ui/section-heading';
import { api } from '@/lib/api';
import { ProcessingRow } from './processing-row';

/** Only there while something is going on. */
export function ProcessingNow() {
  const t = useTranslations('Dashboard');
  const videos = useQuery(processingVideosQuery(api)).data ?? [];
  if (videos.length === 0) return null;
  return (
    <section aria-labelledby="processing-now">
      <SectionHeading id="processing-now">{t('processingNow')}</SectionHeading>
      <Card className="p-0 sm:p-0">
        <ul className="divide-y">
          {videos.map((video) => (
            <li key={video.id} className="p-5">
              <ProcessingRow video={video} />
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
