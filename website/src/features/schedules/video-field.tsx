'use client';
import { videoListQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';

interface Props {
  name: string;
  label: string;
  required: boolean;
  defaultValue: string | undefined;
  error: string | undefined;
}

/** One of the workspace's videos, by its title. */
export function VideoField({ defaultValue, ...props }: Props) {
  const t = useTranslations('Schedules.form');
  const common = useTranslations('Common');
  const list = useInfiniteQuery(videoListQuery(api, {}));
  const videos = itemsOf(list.data);
  const isListed = !defaultValue || videos.some((video) => video.id === defaultValue);
  if (list.isSuccess && videos.length === 0 && isListed)
    return <p className="text-sm text-muted">{t('noVideos')}</p>;
  return (
    <div className="grid gap-2">
      {/* The choice is kept while more videos are fetched, and set anew once the one that was chosen is there. */}
      <SelectField key={list.isSuccess ? 'loaded' : 'loading'} defaultValue={defaultValue ?? ''} {...props}>
        <option value="">{t('chooseVideo')}</option>
        {!isListed && <option value={defaultValue}>{defaultValue}</option>}
        {videos.map((video) => (
          <option key={video.id} value={video.id}>
            {video.title}
          </option>
        ))}
      </SelectField>
      {list.hasNextPage && (
        <Button
          size="sm"
          variant="ghost"
          className="justify-self-start"
          isBusy={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {common('more')}
        </Button>
      )}
    </div>
  );
}
