'use client';
import { videoListQuery, type VideoFilters } from '@ultrarslanoglu/api-client/queries/videos';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Clapperboard, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ListResults } from '@/components/ui/list-results';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useMay } from '@/lib/use-may';
import { ListFilters } from './list-filters';
import { useListFilters } from './use-list-filters';
import { VideoGrid, VideoGridSkeleton } from './video-grid';

export function VideoListScreen() {
  const t = useTranslations('Videos');
  const { filters, change } = useListFilters();
  return (
    <div className="grid grid-cols-1 gap-6">
      <h2 className="sr-only">{t('results')}</h2>
      <ListFilters filters={filters} onChange={change} />
      <Results filters={filters} onClear={() => change({ status: undefined, q: undefined })} />
    </div>
  );
}

function Results({ filters, onClear }: { filters: VideoFilters; onClear: () => void }) {
  const t = useTranslations('Videos');
  const list = useInfiniteQuery({ ...videoListQuery(api, filters), placeholderData: (previous) => previous });
  const videos = itemsOf(list.data);
  const isFiltered = Boolean(filters.status ?? filters.q);
  return (
    <ListResults
      list={list}
      items={videos}
      loading={t('loading')}
      skeleton={<VideoGridSkeleton />}
      empty={isFiltered ? <NothingFound onClear={onClear} /> : <NoVideos />}
      isByHand
    >
      <VideoGrid videos={videos} />
    </ListResults>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const t = useTranslations('Videos.nothingFound');
  return (
    <EmptyState
      icon={SearchX}
      title={t('title')}
      action={
        <Button variant="outline" onClick={onClear}>
          {t('clear')}
        </Button>
      }
    >
      {t('text')}
    </EmptyState>
  );
}

function NoVideos() {
  const t = useTranslations('Videos.none');
  const may = useMay('video:write');
  return (
    <EmptyState
      icon={Clapperboard}
      title={t('title')}
      action={
        may && (
          <Button asChild>
            <Link href="/videos/upload">{t('action')}</Link>
          </Button>
        )
      }
    >
      {may ? t('text') : t('readOnly')}
    </EmptyState>
  );
}
