'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { SectionHeading } from '@/components/ui/section-heading';
import { UploadRow } from './upload-row';
import { useUploads } from './use-uploads';

interface Props {
  /** What to show of a video once its file has arrived; the page brings it, because videos are another feature. */
  renderVideo: (videoId: string) => ReactNode;
}

export function UploadList({ renderVideo }: Props) {
  const t = useTranslations('Uploads');
  const items = useUploads();
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="uploads">
      <SectionHeading id="uploads">{t('listHeading')}</SectionHeading>
      <Card className="p-0 sm:p-0">
        <ul className="divide-y">
          {items.toReversed().map((item) => (
            <li key={item.id} className="p-5">
              {item.status === 'done' && item.videoId ? renderVideo(item.videoId) : <UploadRow item={item} />}
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
