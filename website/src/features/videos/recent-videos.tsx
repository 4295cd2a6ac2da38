'use client';
import { recentVideosQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { LoadError } from '@/components/ui/load-error';
import { SectionHeading } from '@/components/ui/section-heading';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { VideoGrid, VideoGridSkeleton } from './video-grid';

export function RecentVideos() {
  const t = useTranslations('Dashboard');
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
      {recent.isError && !recent.data && (
        <LoadError error={recent.error} onAgain={() => void recent.refetch()} />
      )}
      {recent.isPending && <VideoGridSkeleton />}
      {recent.data && <VideoGrid videos={recent.data.items} />}
    </section>
  );
}
