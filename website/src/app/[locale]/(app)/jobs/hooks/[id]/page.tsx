import { hookCallsQuery, hookQuery } from '@ultrarslanoglu/api-client/queries/hooks';
import { offersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HookScreen } from '@/features/hooks/hook-screen';
import { finder } from '@/lib/finder';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

const findHook = finder(hookQuery);

export async function generateMetadata({
  params,
}: PageProps<'/[locale]/jobs/hooks/[id]'>): Promise<Metadata> {
  const [{ id }, t] = await Promise.all([params, getTranslations('Jobs.tabs')]);
  return { title: (await findHook(id))?.name ?? t('hooks') };
}

export default async function HookPage({ params }: PageProps<'/[locale]/jobs/hooks/[id]'>) {
  const { id } = await params;
  const hook = await findHook(id);
  if (!(await currentPerson())) return null;
  return (
    <Prefetch
      load={(client, api) => {
        if (hook) client.setQueryData(hookQuery(api, id).queryKey, hook);
        return [
          client.prefetchInfiniteQuery(hookCallsQuery(api, id)),
          client.prefetchQuery(offersQuery(api)),
        ];
      }}
    >
      <HookScreen id={id} />
    </Prefetch>
  );
}
