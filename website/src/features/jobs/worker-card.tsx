'use client';
import type { JobRead, WorkerRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Progress } from '@/components/ui/progress';
import { Link } from '@/i18n/navigation';
import { useReadable } from '@/lib/use-readable';
import { useJobWords } from './use-job-words';
import { WorkerFacts } from './worker-facts';

interface Props {
  worker: WorkerRead;
  /** What runs at the moment, to tell what the worker's ids stand for. */
  jobs: ReadonlyMap<string, JobRead>;
}

export function WorkerCard({ worker, jobs }: Props) {
  const t = useTranslations('Jobs.workers');
  const words = useJobWords();
  const places = worker.concurrency ?? 0;
  return (
    <Card className="grid h-full grid-cols-1 content-start gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h3 className="min-w-0 font-mono text-sm font-semibold break-all">{worker.id}</h3>
        <ul className="flex flex-wrap gap-1.5">
          {worker.pools.map((pool) => (
            <li key={pool} className="rounded-full border px-2.5 py-0.5 text-xs text-muted">
              {words.queue(pool)}
            </li>
          ))}
        </ul>
      </div>
      <WorkerFacts worker={worker} />
      {places > 0 && (
        <div className="grid grid-cols-1 gap-2">
          <p className="text-sm text-muted tabular-nums">
            {t('busy', { running: worker.running.length, places })}
          </p>
          <Progress value={(worker.running.length / places) * 100} label={t('load', { name: worker.id })} />
        </div>
      )}
      <div className="border-t pt-4">
        <h4 className="text-xs text-muted">{t('doing')}</h4>
        {worker.running.length === 0 ? (
          <p className="mt-1 text-sm">{t('idle')}</p>
        ) : (
          <ul className="mt-1 grid grid-cols-1 gap-1">
            {worker.running.map((id) => (
              <li key={id}>
                <RunningJob id={id} job={jobs.get(id)} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  );
}

function RunningJob({ id, job }: { id: string; job: JobRead | undefined }) {
  const t = useTranslations('Jobs.workers');
  const readable = useReadable();
  return (
    <span className="flex items-baseline justify-between gap-3 text-sm">
      <Link href={`/jobs/${id}`} className="min-w-0 truncate rounded font-medium hover:underline">
        {job ? job.title : t('unknownJob')}
        {job?.subject && <span className="font-normal text-muted"> · {job.subject.title}</span>}
      </Link>
      {job && job.progress !== null && (
        <span className="text-muted tabular-nums">{readable.percent(job.progress * 100)}</span>
      )}
    </span>
  );
}
