import { jobEventsQuery, jobQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { JobScreen } from '@/features/jobs/job-screen';
import { finder } from '@/lib/finder';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

const findJob = finder(jobQuery);

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
