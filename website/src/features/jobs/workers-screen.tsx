'use client';
import type { WorkerRead } from '@ultrarslanoglu/api-client';
import { runningJobsQuery, workersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import { NotLoaded } from '@/components/ui/not-loaded';
import { SectionHeading } from '@/components/ui/section-heading';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { WorkerCard } from './worker-card';
import { WorkerFacts } from './worker-facts';

/** How often the workers tell of themselves is a few seconds; asking more often shows nothing new. */
const every = 5_000;

export function WorkersScreen() {
  const t = useTranslations('Jobs.workers');
  const workers = useQuery({ ...workersQuery(api), refetchInterval: every });
  const running = useQuery({ ...runningJobsQuery(api), refetchInterval: every });
  if (!workers.data) {
    return (
      <NotLoaded query={workers}>
        <Skeleton className="h-64 rounded-card" />
      </NotLoaded>
    );
  }

  const of = (kind: WorkerRead['kind']) => workers.data.items.filter((item) => item.kind === kind);
  const jobs = new Map((running.data?.items ?? []).map((job) => [job.id, job]));
  return (
    <div className="grid grid-cols-1 gap-8">
      <p className="text-muted">{t('lead')}</p>
      <section aria-labelledby="workers">
        <SectionHeading id="workers">{t('workers')}</SectionHeading>
        {of('worker').length === 0 ? (
          <Alert tone="warning" title={t('none.title')}>
            {t('none.text')}
          </Alert>
        ) : (
          <ul className="grid grid-cols-1 gap-4 lg:grid-cols-2">
            {of('worker').map((worker) => (
              <li key={worker.id} className="min-w-0">
                <WorkerCard worker={worker} jobs={jobs} />
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="dispatchers">
        <SectionHeading id="dispatchers">{t('dispatchers')}</SectionHeading>
        {of('dispatcher').length === 0 ? (
          <Alert tone="warning">{t('noDispatcher')}</Alert>
        ) : (
          <>
            <p className="-mt-2 mb-4 text-sm text-muted">{t('dispatchersText')}</p>
            <ul className="grid grid-cols-1 gap-4 lg:grid-cols-2">
              {of('dispatcher').map((dispatcher) => (
                <li key={dispatcher.id} className="min-w-0">
                  <Card className="grid grid-cols-1 gap-4">
                    <h3 className="font-mono text-sm font-semibold break-all">{dispatcher.id}</h3>
                    <WorkerFacts worker={dispatcher} />
                  </Card>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}
