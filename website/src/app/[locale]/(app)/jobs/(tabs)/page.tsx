import { jobChartsQuery, jobListQuery, jobSummaryQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Charts } from '@/features/jobs/charts';
import { isOperator } from '@/lib/scope';
import { filtersFrom } from '@/features/jobs/job-filters';
import { JobList } from '@/features/jobs/job-list';
import { Numbers } from '@/features/jobs/numbers';
import { QueueDepths } from '@/features/jobs/queue-depths';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';
import { paramsOf } from '../search-params';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Nav');
  return { title: t('jobs') };
}

export default async function JobsPage({ searchParams }: PageProps<'/[locale]/jobs'>) {
  const [query, me] = await Promise.all([searchParams, currentPerson()]);
  if (!me) return null;
  const filters = filtersFrom(paramsOf(query), isOperator(me));
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(jobSummaryQuery(api, filters.scope)),
        client.prefetchQuery(jobChartsQuery(api, filters.scope, 1)),
        client.prefetchInfiniteQuery(jobListQuery(api, filters)),
      ]}
    >
      <div className="grid grid-cols-1 gap-8">
        <Numbers />
        <Charts />
        <QueueDepths />
        <JobList />
      </div>
    </Prefetch>
  );
}
