'use client';
import { videoQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { ProcessingRow } from './processing-row';
import { StatusBadge } from './status-badge';
import { isUnderWay } from './video-state';

/** A video that has just been uploaded: how far it is, and the way to it. */
export function UploadedVideo({ id }: { id: string }) {
  const t = useTranslations('Uploads');
  const { data: video } = useQuery(videoQuery(api, id));
  if (!video) return <Skeleton className="h-12" />;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="grid min-w-0 flex-1 basis-64 grid-cols-1 gap-1.5">
        {isUnderWay(video) ? (
          <ProcessingRow video={video} />
        ) : (
          <>
            <p className="truncate font-medium">{video.title}</p>
            <StatusBadge video={video} className="justify-self-start" />
            {video.error && <p className="text-sm text-danger">{video.error.detail}</p>}
          </>
        )}
      </div>
      <Button asChild variant="outline" size="sm">
        <Link href={`/videos/${video.id}`}>
          {t('open')}
          <ArrowRight aria-hidden />
        </Link>
      </Button>
    </div>
  );
}
