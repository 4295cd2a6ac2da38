import { videoListQuery } from '@ultrarslanoglu/api-client/queries/videos';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { UploadLink } from '@/features/videos/upload-link';
import { VideoListScreen } from '@/features/videos/video-list';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';
import { filtersFrom } from './filters-from';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Nav');
  return { title: t('videos') };
}

export default async function VideosPage({ searchParams }: PageProps<'/[locale]/videos'>) {
  const [query, t, me] = await Promise.all([searchParams, getTranslations('Videos'), currentPerson()]);
  if (!me) return null;
  return (
    <Prefetch load={(client, api) => [client.prefetchInfiniteQuery(videoListQuery(api, filtersFrom(query)))]}>
      <div className="grid grid-cols-1 gap-6">
        <header className="flex flex-wrap items-center justify-between gap-4">
          <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
          <UploadLink />
        </header>
        <VideoListScreen />
      </div>
    </Prefetch>
  );
}
