'use client';
import { recentVideosQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { NotLoaded } from '@/components/ui/not-loaded';
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
      {!recent.data && (
        <NotLoaded query={recent}>
          <VideoGridSkeleton />
        </NotLoaded>
      )}
      {recent.data && <VideoGrid videos={recent.data.items} />}
    </section>
  );
}
