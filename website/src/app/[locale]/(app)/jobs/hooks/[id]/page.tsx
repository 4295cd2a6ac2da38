import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { hookCallsQuery, hookQuery } from '@ultrarslanoglu/api-client/queries/hooks';
import { offersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { HookScreen } from '@/features/hooks/hook-screen';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson, serverApi } from '@/lib/server-api';

/** Asked once for the title and for the page. */
const findHook = cache(async (id: string) => {
  if (!(await currentPerson())) return null;
  try {
    return await new QueryClient().fetchQuery({ ...hookQuery(await serverApi(), id), retry: false });
  } catch (error) {
    if (error instanceof NotFound) notFound();
    return null;
  }
});

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
