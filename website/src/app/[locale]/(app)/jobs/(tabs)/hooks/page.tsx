import { hooksQuery } from '@ultrarslanoglu/api-client/queries/hooks';
import { jobSummaryQuery, offersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HookList } from '@/features/hooks/hook-list';
import { Prefetch } from '@/lib/prefetch';
import { isOperator, scopeFrom } from '@/lib/scope';
import { currentPerson } from '@/lib/server-api';
import { paramsOf } from '../../search-params';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Jobs.tabs');
  return { title: t('hooks') };
}

export default async function HooksPage({ searchParams }: PageProps<'/[locale]/jobs/hooks'>) {
  const [query, me] = await Promise.all([searchParams, currentPerson()]);
  if (!me) return null;
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(jobSummaryQuery(api, scopeFrom(paramsOf(query), isOperator(me)))),
        client.prefetchInfiniteQuery(hooksQuery(api)),
        client.prefetchQuery(offersQuery(api)),
      ]}
    >
      <HookList />
    </Prefetch>
  );
}
