'use client';
import { addProjectVideo, projectKeys } from '@ultrarslanoglu/api-client/queries/projects';
import { videoListQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Film } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { LoadMore } from '@/components/ui/load-more';
import { NotLoaded } from '@/components/ui/not-loaded';
import { SearchField } from '@/components/ui/search-field';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { Cover } from './cover';

interface Props {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
  /** Those that are in the project already. */
  present: ReadonlySet<string>;
}

/** Takes videos of the workspace into the project. */
export function AddVideos({ isOpen, onClose, ...rest }: Props) {
  const t = useTranslations('Project.addVideos');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('title')}>
      <Choice {...rest} onDone={onClose} />
    </Dialog>
  );
}

function Choice({
  projectId,
  present,
  onDone,
}: Pick<Props, 'projectId' | 'present'> & { onDone: () => void }) {
  const t = useTranslations('Project.addVideos');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const [q, setQ] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useInfiniteQuery({
    ...videoListQuery(api, q ? { q } : {}, 12),
    placeholderData: (previous) => previous,
  });
  const add = useMutation({
    // One after the other: the first refusal says what is wrong, and what went in before it stays.
    mutationFn: async () => {
      for (const id of chosen) await addProjectVideo(api, projectId, id);
    },
    onSuccess: onDone,
    onSettled: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: projectKeys.parts(projectId) }),
        client.invalidateQueries({ queryKey: projectKeys.lists }),
      ]),
  });
  const items = itemsOf(list.data);

  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  }

  return (
    <div className="grid grid-cols-1 gap-4">
      <SearchField label={t('search')} value={q} onChange={setQ} />
      {!list.data && (
        <NotLoaded query={list}>
          <Skeleton className="h-40" />
        </NotLoaded>
      )}
      {list.data && items.length === 0 && (
        <p className="text-sm leading-relaxed text-muted">
          {q
            ? t('nothingFound')
            : t.rich('none', {
                upload: (chunks) => (
                  <Link href="/videos/upload" className="rounded text-link underline underline-offset-4">
                    {chunks}
                  </Link>
                ),
              })}
        </p>
      )}
      {items.length > 0 && (
        <ul aria-label={t('title')} className="-mx-2 max-h-[45dvh] overflow-y-auto px-2">
          {items.map(({ id, title, status }) => {
            const isPresent = present.has(id);
            return (
              <li key={id}>
                <label className="flex cursor-pointer items-center gap-3 rounded-lg p-2 hover:bg-raised has-disabled:cursor-default has-disabled:opacity-60">
                  <input
                    type="checkbox"
                    checked={isPresent || chosen.has(id)}
                    disabled={isPresent}
                    onChange={() => toggle(id)}
                    className="size-4.5 shrink-0 accent-primary"
                  />
                  <Cover
                    videoId={status === 'completed' ? id : null}
                    icon={Film}
                    className="w-20 shrink-0 rounded"
                  />
                  <span className="min-w-0 flex-1">
                    <span className="block truncate text-sm font-medium">{title}</span>
                    {isPresent && <span className="block text-xs text-muted">{t('present')}</span>}
                  </span>
                </label>
              </li>
            );
          })}
          {list.hasNextPage && (
            <li className="p-2">
              <LoadMore list={list} isByHand />
            </li>
          )}
        </ul>
      )}
      {add.isError && <Alert>{sentence(add.error)}</Alert>}
      <Button
        className="justify-self-end"
        disabled={chosen.size === 0}
        isBusy={add.isPending}
        onClick={() => add.mutate()}
      >
        {t('submit', { count: chosen.size })}
      </Button>
    </div>
  );
}
