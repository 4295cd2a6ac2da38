import { jobListQuery, jobSummaryQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DeadLetters } from '@/features/jobs/dead-letters';
import { deadLetterFilters } from '@/features/jobs/dead-letter-filters';
import { isOperator } from '@/lib/scope';
import { filtersFrom } from '@/features/jobs/job-filters';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';
import { paramsOf } from '../../search-params';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Jobs.tabs');
  return { title: t('deadLetters') };
}

export default async function DeadLettersPage({ searchParams }: PageProps<'/[locale]/jobs/dead-letters'>) {
  const [query, me] = await Promise.all([searchParams, currentPerson()]);
  if (!me) return null;
  const { scope, name } = filtersFrom(paramsOf(query), isOperator(me));
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(jobSummaryQuery(api, scope)),
        client.prefetchInfiniteQuery(jobListQuery(api, deadLetterFilters(scope, name))),
      ]}
    >
      <DeadLetters />
    </Prefetch>
  );
}
