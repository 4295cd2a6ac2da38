import { videoListQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { Upload } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { VideoListScreen } from '@/features/videos/video-list';
import { Link } from '@/i18n/navigation';
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
          <Button asChild>
            <Link href="/videos/upload">
              <Upload aria-hidden />
              {t('upload')}
            </Link>
          </Button>
        </header>
        <VideoListScreen />
      </div>
    </Prefetch>
  );
}
