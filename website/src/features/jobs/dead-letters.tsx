'use client';
import { jobListQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useInfiniteQuery } from '@tanstack/react-query';
import { PartyPopper, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ListResults } from '@/components/ui/list-results';
import { RoleNeeded } from '@/components/ui/role-needed';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { useMay } from '@/lib/use-may';
import { deadLetterFilters } from './dead-letter-filters';
import { DeadLetterTable } from './dead-letter-table';
import { JobTableSkeleton } from './job-table';
import { refetchListEvery } from './refetch-every';
import { useJobFilters } from './use-job-filters';

/** What could not be finished: to be tried again, mended or dropped, one by one or many at once. */
export function DeadLetters() {
  const t = useTranslations('Jobs.deadLetters');
  const may = useMay('jobs:write');
  return (
    <div className="grid grid-cols-1 gap-6">
      <p className="text-muted">{may ? t('lead') : t('leadReadOnly')}</p>
      <Results canChange={may} />
    </div>
  );
}

function Results({ canChange }: { canChange: boolean }) {
  const t = useTranslations('Jobs');
  const { filters, change } = useJobFilters();
  const keeper = useFocusKeeper<HTMLDivElement>();
  const { scope, name } = filters;
  const list = useInfiniteQuery({
    ...jobListQuery(api, deadLetterFilters(scope, name)),
    refetchInterval: refetchListEvery(scope),
    placeholderData: (previous) => previous,
  });
  const jobs = itemsOf(list.data);
  return (
    <div ref={keeper} className="grid grid-cols-1 gap-4">
      {!canChange && jobs.length > 0 && <RoleNeeded>{t('deadLetters.whyNot')}</RoleNeeded>}
      {name && (
        <div className="flex flex-wrap items-center gap-2">
          <span className="max-w-full rounded-full border bg-surface px-3 py-1.5 text-sm break-all">
            {t('filter.name', { name })}
          </span>
          <Button size="sm" variant="ghost" onClick={() => change({ name: undefined })}>
            <X aria-hidden />
            {t('filter.clear')}
          </Button>
        </div>
      )}
      <ListResults
        list={list}
        items={jobs}
        loading={t('list.loading')}
        skeleton={<JobTableSkeleton />}
        empty={
          <EmptyState icon={PartyPopper} title={t('deadLetters.none.title')}>
            {t('deadLetters.none.text')}
          </EmptyState>
        }
      >
        <DeadLetterTable
          jobs={jobs}
          scope={scope}
          name={name}
          canChange={canChange}
          onlyKind={(kind) => change({ name: kind })}
        />
      </ListResults>
    </div>
  );
}
