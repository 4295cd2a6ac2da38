'use client';
import { connectionKeys, repositoryChoicesQuery } from '@ultrarslanoglu/api-client/queries/connections';
import { chooseRepositories, projectKeys } from '@ultrarslanoglu/api-client/queries/projects';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Lock, Star } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Loading } from '@/components/ui/loading';
import { NotLoaded } from '@/components/ui/not-loaded';
import { SearchField } from '@/components/ui/search-field';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

interface Props {
  projectId: string;
  isOpen: boolean;
  onClose: () => void;
  /** Full names of those that the project has. */
  present: readonly string[];
}

/** How many a project may have. */
const most = 20;

/** Which repositories belong to the project: all of them are chosen at once. */
export function ChooseRepositories({ isOpen, onClose, ...rest }: Props) {
  const t = useTranslations('Project.chooseRepositories');
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
  const t = useTranslations('Project.chooseRepositories');
  const format = useFormatter();
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const [q, setQ] = useState<string>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(present));
  const offered = useQuery({
    ...repositoryChoicesQuery(api, q ?? ''),
    placeholderData: (previous) => previous,
    retry: false,
  });
  const save = useMutation({
    mutationFn: () => chooseRepositories(api, projectId, [...chosen]),
    onSuccess: (repositories) => {
      client.setQueryData(projectKeys.repositories(projectId), repositories);
      void client.invalidateQueries({ queryKey: projectKeys.lists });
      onDone();
    },
    onError: () => void client.invalidateQueries({ queryKey: connectionKeys.github }),
  });
  const items = offered.data?.items ?? [];
  // Those that are chosen and not offered just now (another search, or GitHub does not show them) can still be let go.
  const others = [...chosen].filter((name) => !items.some(({ full_name }) => full_name === name));

  function toggle(name: string) {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    setChosen(next);
  }
  const box = (name: string) => (
    <input
      type="checkbox"
      checked={chosen.has(name)}
      disabled={!chosen.has(name) && chosen.size >= most}
      onChange={() => toggle(name)}
      className="mt-0.5 size-4.5 shrink-0 accent-primary"
    />
  );
  const row = 'flex cursor-pointer items-start gap-3 rounded-lg p-2.5 hover:bg-raised';

  return (
    <div className="grid grid-cols-1 gap-4">
      <SearchField label={t('search')} value={q} onChange={setQ} />
      {!offered.data && (
        <NotLoaded query={offered}>
          <Loading label={t('loading')}>
            <Skeleton className="h-40" />
          </Loading>
        </NotLoaded>
      )}
      {(items.length > 0 || others.length > 0) && (
        <ul aria-label={t('title')} className="-mx-2 max-h-[45dvh] overflow-y-auto px-2">
          {others.map((name) => (
            <li key={name}>
              <label className={row}>
                {box(name)}
                <span className="min-w-0 text-sm font-medium break-all">{name}</span>
              </label>
            </li>
          ))}
          {items.map(({ full_name, description, is_private, stars }) => (
            <li key={full_name}>
              <label className={row}>
                {box(full_name)}
                <span className="min-w-0 flex-1">
                  <span className="flex flex-wrap items-center gap-x-2 text-sm font-medium break-all">
                    {full_name}
                    {is_private && (
                      <>
                        <Lock aria-hidden className="size-3.5 text-muted" />
                        <span className="sr-only">{t('private')}</span>
                      </>
                    )}
                  </span>
                  {description && <span className="line-clamp-1 text-xs text-muted">{description}</span>}
                </span>
                <span className="flex items-center gap-1 text-xs text-muted tabular-nums">
                  <Star aria-hidden className="size-3.5" />
                  <span className="sr-only">{t('stars')}</span>
                  {format.number(stars)}
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {offered.data && items.length === 0 && (
        <p className="text-sm text-muted">{q ? t('nothingFound') : t('none')}</p>
      )}
      {offered.data?.is_complete === false && <p className="text-xs text-muted">{t('more')}</p>}
      {save.isError && <Alert>{sentence(save.error)}</Alert>}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="text-sm text-muted">
          {t('chosen', { count: chosen.size, most })}
        </p>
        <Button isBusy={save.isPending} onClick={() => save.mutate()}>
          {t('save')}
        </Button>
      </div>
    </div>
  );
}
