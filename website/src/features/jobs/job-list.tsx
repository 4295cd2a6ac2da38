'use client';
import { jobListQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ListChecks, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ListResults } from '@/components/ui/list-results';
import { SectionHeading } from '@/components/ui/section-heading';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useMay } from '@/lib/use-may';
import { isFiltered } from './job-filters';
import { JobTable, JobTableSkeleton } from './job-table';
import { ListFilters } from './list-filters';
import { refetchListEvery } from './refetch-every';
import { useJobFilters } from './use-job-filters';

export function JobList() {
  const t = useTranslations('Jobs.list');
  const { filters, change, clear } = useJobFilters();
  return (
    <section aria-labelledby="job-list" className="min-w-0">
      <SectionHeading id="job-list">{t('heading')}</SectionHeading>
      <div className="grid grid-cols-1 gap-4">
        <ListFilters filters={filters} onChange={change} onClear={clear} />
        <Results filters={filters} onClear={clear} />
      </div>
    </section>
  );
}

type Filters = ReturnType<typeof useJobFilters>['filters'];

function Results({ filters, onClear }: { filters: Filters; onClear: () => void }) {
  const t = useTranslations('Jobs.list');
  const list = useInfiniteQuery({
    ...jobListQuery(api, filters),
    refetchInterval: refetchListEvery(filters.scope),
    placeholderData: (previous) => previous,
  });
  const jobs = itemsOf(list.data);
  return (
    <ListResults
      list={list}
      items={jobs}
      loading={t('loading')}
      skeleton={<JobTableSkeleton />}
      empty={isFiltered(filters) ? <NothingFound onClear={onClear} /> : <NoJobs />}
    >
      <JobTable jobs={jobs} />
    </ListResults>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const t = useTranslations('Jobs.list.nothingFound');
  const filter = useTranslations('Jobs.filter');
  return (
    <EmptyState
      icon={SearchX}
      title={t('title')}
      action={
        <Button variant="outline" onClick={onClear}>
          {filter('clear')}
        </Button>
      }
    >
      {t('text')}
    </EmptyState>
  );
}

function NoJobs() {
  const t = useTranslations('Jobs.list.none');
  const may = useMay('video:write');
  return (
    <EmptyState
      icon={ListChecks}
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
