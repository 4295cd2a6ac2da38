'use client';
import { recentVideosQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { SectionHeading } from '@/components/ui/section-heading';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { VideoGrid, VideoGridSkeleton } from './video-grid';

export function RecentVideos() {
  const t = useTranslations('Dashboard');
  const sentence = useErrorSentence();
  const recent = useQuery(recentVideosQuery(api));
  return (
    <section aria-labelledby="recent-videos">
      <SectionHeading
        id="recent-videos"
        action={
          <Button asChild variant="ghost" size="sm">
            <Link href="/videos">
              {t('allVideos')}
              <ArrowRight aria-hidden />
            </Link>
          </Button>
        }
      >
        {t('recentVideos')}
      </SectionHeading>
      {recent.isError && <Alert>{sentence(recent.error)}</Alert>}
      {recent.isPending && <VideoGridSkeleton />}
      {recent.data && <VideoGrid videos={recent.data.items} />}
    </section>
  );
}
