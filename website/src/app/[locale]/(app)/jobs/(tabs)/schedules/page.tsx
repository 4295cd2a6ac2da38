import { jobSummaryQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { schedulesQuery } from '@ultrarslanoglu/api-client/queries/schedules';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ScheduleList } from '@/features/schedules/schedule-list';
import { Prefetch } from '@/lib/prefetch';
import { isOperator, scopeFrom } from '@/lib/scope';
import { currentPerson } from '@/lib/server-api';
import { paramsOf } from '../../search-params';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Jobs.tabs');
  return { title: t('schedules') };
}

export default async function SchedulesPage({ searchParams }: PageProps<'/[locale]/jobs/schedules'>) {
  const [query, me] = await Promise.all([searchParams, currentPerson()]);
  if (!me) return null;
  const scope = scopeFrom(paramsOf(query), isOperator(me));
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(jobSummaryQuery(api, scope)),
        client.prefetchInfiniteQuery(schedulesQuery(api, scope)),
      ]}
    >
      <ScheduleList />
    </Prefetch>
  );
}
