'use client';
import type { Queue, QueueRead } from '@ultrarslanoglu/api-client';
import { jobSummaryQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { SectionHeading } from '@/components/ui/section-heading';
import { api } from '@/lib/api';
import { useReadable } from '@/lib/use-readable';
import { priorities, queues } from './job-filters';
import { useJobWords } from './use-job-words';
import { useScope } from '@/lib/use-scope';

/** How deep each queue is, by priority. */
export function QueueDepths() {
  const t = useTranslations('Jobs');
  const summary = useQuery(jobSummaryQuery(api, useScope())).data;
  if (!summary) return null;
  return (
    <section aria-labelledby="depths" className="min-w-0">
      <SectionHeading id="depths">{t('depths.heading')}</SectionHeading>
      <ul className="grid grid-cols-2 gap-px overflow-hidden rounded-card border bg-border xl:grid-cols-4">
        {queues.map((queue) => (
          <li key={queue} className="bg-surface p-4 sm:px-5">
            <h3 className="text-sm font-medium">{t(`queues.${queue}`)}</h3>
            <Depths rows={rowsOf(summary.queues, queue)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Depths({ rows }: { rows: readonly QueueRead[] }) {
  const t = useTranslations('Jobs');
  const words = useJobWords();
  const format = useFormatter();
  const readable = useReadable();
  if (rows.length === 0) return <p className="mt-1.5 text-sm text-muted">{t('depths.empty')}</p>;
  return (
    <dl className="mt-1.5 grid gap-1.5 text-sm">
      {rows.map((row) => (
        <div key={row.priority} className="flex flex-wrap items-baseline justify-between gap-x-3">
          <dt className="text-muted">{words.priority(row.priority)}</dt>
          <dd className="text-right tabular-nums">
            {t('depths.amounts', {
              waiting: format.number(row.waiting + row.queued),
              running: format.number(row.running),
            })}
            {row.oldest_seconds !== null && (
              <span className="block text-xs text-muted">
                {t('depths.oldest', { span: readable.shortSpan(row.oldest_seconds) })}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The most urgent first; priorities at which nothing is going on are left out. */
const rowsOf = (depths: readonly QueueRead[], queue: Queue) =>
  priorities.flatMap((priority) =>
    depths.filter(
      (row) => row.queue === queue && row.priority === priority && row.waiting + row.queued + row.running > 0,
    ),
  );
