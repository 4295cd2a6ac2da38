import {
  activityQuery,
  processingVideosQuery,
  recentVideosQuery,
  summaryQuery,
} from '@ultrarslanoglu/api-client/queries/videos';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ActivityFeed } from '@/features/dashboard/activity-feed';
import { Greeting } from '@/features/dashboard/greeting';
import { HasVideos } from '@/features/dashboard/has-videos';
import { SummaryNumbers } from '@/features/dashboard/summary-numbers';
import { DropZone } from '@/features/uploads/drop-zone';
import { ProcessingNow } from '@/features/videos/processing-now';
import { RecentVideos } from '@/features/videos/recent-videos';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Nav');
  return { title: t('dashboard') };
}

export default async function DashboardPage() {
  const [me, t] = await Promise.all([currentPerson(), getTranslations('Dashboard.invitation')]);
  // The layout shows something else then; a page is rendered beside its layout and has to look for itself.
  if (!me) return null;
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(summaryQuery(api)),
        client.prefetchQuery(recentVideosQuery(api)),
        client.prefetchQuery(processingVideosQuery(api)),
        client.prefetchQuery(activityQuery(api)),
      ]}
    >
      <div className="grid grid-cols-1 gap-8">
        <Greeting name={me.user.name} />
        <HasVideos invitation={<DropZone title={t('title')} text={t('text')} isTall />}>
          <SummaryNumbers />
          <ProcessingNow />
          <div className="grid grid-cols-1 gap-8 xl:grid-cols-[minmax(0,1fr)_19rem]">
            <RecentVideos />
            <ActivityFeed />
          </div>
        </HasVideos>
      </div>
    </Prefetch>
  );
}
