'use client';
import type { JobDetail } from '@ultrarslanoglu/api-client';
import { CircleAlert } from 'lucide-react';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Progress } from '@/components/ui/progress';
import { useReadable } from '@/lib/use-readable';
import { isAhead, isDeadLetter } from './job-state';
import { useProgressNote } from './use-progress-note';

/** Where the job stands, in a sentence: how far it is, what it waits for, or why it stopped. */
export function JobStatus({ job }: { job: JobDetail }) {
  if (isDeadLetter(job)) return <Stopped job={job} />;
  if (job.state === 'running') return <Running job={job} />;
  return <Quiet job={job} />;
}

function Running({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.detail');
  const noteOf = useProgressNote();
  const readable = useReadable();
  return (
    <Card className="grid gap-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <p className="font-medium">{job.is_cancel_requested ? t('stopping') : t('working')}</p>
        {job.progress !== null && (
          <span className="text-2xl font-semibold tabular-nums">{readable.percent(job.progress * 100)}</span>
        )}
      </div>
      {job.progress !== null && <Progress value={job.progress * 100} label={t('progress')} className="h-3" />}
      {job.progress_note && <p className="text-sm text-muted">{noteOf(job.progress_note)}</p>}
    </Card>
  );
}

function Stopped({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.detail');
  return (
    <Card role="alert" className="flex flex-wrap items-start gap-4">
      <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-danger-bg text-danger">
        <CircleAlert aria-hidden className="size-5" />
      </span>
      <div className="min-w-0 flex-1 basis-64">
        <h2 className="text-lg font-semibold">{job.state === 'dead' ? t('deadTitle') : t('failedTitle')}</h2>
        <p className="max-w-prose leading-relaxed break-words text-muted">{job.error ?? t('deadText')}</p>
        {job.error_code && (
          <p className="mt-2 font-mono text-xs text-muted">{t('code', { code: job.error_code })}</p>
        )}
      </div>
    </Card>
  );
}

function Quiet({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.detail');
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  const sentence = () => {
    if (job.state === 'paused') return t('pausedText');
    if (job.state === 'cancelled') return t('cancelledText');
    if (isAhead(job, now)) return t('waits', { time: format.relativeTime(new Date(job.not_before), now) });
    if (job.state === 'waiting' || job.state === 'queued') return t('waitsTurn');
    return null;
  };
  const text = sentence();
  if (!text) return null;
  return (
    <Card className="text-muted">
      <p suppressHydrationWarning>{text}</p>
      {job.error && <p className="mt-1 text-sm break-words">{job.error}</p>}
    </Card>
  );
}
