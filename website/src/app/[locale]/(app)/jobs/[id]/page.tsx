import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { jobEventsQuery, jobQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { JobScreen } from '@/features/jobs/job-screen';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson, serverApi } from '@/lib/server-api';

/** Asked once for the title and for the page. */
const findJob = cache(async (id: string) => {
  if (!(await currentPerson())) return null;
  try {
    return await new QueryClient().fetchQuery({ ...jobQuery(await serverApi(), id), retry: false });
  } catch (error) {
    if (error instanceof NotFound) notFound();
    return null;
  }
});

export async function generateMetadata({ params }: PageProps<'/[locale]/jobs/[id]'>): Promise<Metadata> {
  const [{ id }, t] = await Promise.all([params, getTranslations('Nav')]);
  return { title: (await findJob(id))?.title ?? t('jobs') };
}

export default async function JobPage({ params }: PageProps<'/[locale]/jobs/[id]'>) {
  const { id } = await params;
  const job = await findJob(id);
  if (!(await currentPerson())) return null;
  return (
    <Prefetch
      load={(client, api) => {
        if (job) client.setQueryData(jobQuery(api, id).queryKey, job);
        return [client.prefetchQuery(jobEventsQuery(api, id))];
      }}
    >
      <JobScreen id={id} />
    </Prefetch>
  );
}
