import { jobSummaryQuery, runningJobsQuery, workersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { WorkersScreen } from '@/features/jobs/workers-screen';
import { Prefetch } from '@/lib/prefetch';
import { isOperator, scopeFrom } from '@/lib/scope';
import { currentPerson } from '@/lib/server-api';
import { paramsOf } from '../../search-params';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Jobs.tabs');
  return { title: t('workers') };
}

export default async function WorkersPage({ searchParams }: PageProps<'/[locale]/jobs/workers'>) {
  const [query, me] = await Promise.all([searchParams, currentPerson()]);
  if (!me) return null;
  if (!isOperator(me)) notFound();
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(jobSummaryQuery(api, scopeFrom(paramsOf(query), true))),
        client.prefetchQuery(workersQuery(api)),
        client.prefetchQuery(runningJobsQuery(api)),
      ]}
    >
      <WorkersScreen />
    </Prefetch>
  );
}
