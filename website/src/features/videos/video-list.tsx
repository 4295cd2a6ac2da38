'use client';
import { videoListQuery, type VideoFilters } from '@ultrarslanoglu/api-client/queries/videos';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Clapperboard, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
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
  const sentence = useErrorSentence();
  const list = useInfiniteQuery({ ...videoListQuery(api, filters), placeholderData: (previous) => previous });
  const videos = list.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Boolean(filters.status ?? filters.q);

  if (list.isPending) {
    return (
      <div role="status">
        <span className="sr-only">{t('loading')}</span>
        <VideoGridSkeleton />
      </div>
    );
  }
  if (list.isError && videos.length === 0) {
    return <Alert action={<AgainButton onClick={() => void list.refetch()} />}>{sentence(list.error)}</Alert>;
  }
  if (videos.length === 0) return isFiltered ? <NothingFound onClear={onClear} /> : <NoVideos />;
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className={list.isPlaceholderData ? 'opacity-60 transition-opacity' : 'transition-opacity'}>
        <VideoGrid videos={videos} />
      </div>
      {list.hasNextPage && (
        <Button
          variant="outline"
          className="justify-self-center"
          isBusy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('more')}
        </Button>
      )}
    </div>
  );
}

function AgainButton({ onClick }: { onClick: () => void }): ReactNode {
  const t = useTranslations('Common');
  return (
    <Button size="sm" variant="outline" onClick={onClick}>
      {t('again')}
    </Button>
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
