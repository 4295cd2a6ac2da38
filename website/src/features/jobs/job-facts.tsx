'use client';
import type { JobDetail } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { ExactTime } from '@/components/ui/moment';
import { SectionHeading } from '@/components/ui/section-heading';
import { useReadable } from '@/lib/use-readable';
import { useJobWords } from './use-job-words';

type Fact = readonly [name: string, value: ReactNode, isCode?: 'code'];

/** Only what is known: what has not happened yet is left out, never a zero. */
export function JobFacts({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.detail');
  const facts = useFacts(job);
  return (
    <section aria-labelledby="facts">
      <SectionHeading id="facts">{t('details')}</SectionHeading>
      <Card className="p-0 sm:p-0">
        <dl className="divide-y text-sm">
          {facts.map(([name, value, isCode]) => (
            <div
              key={name}
              className={
                isCode
                  ? 'grid gap-0.5 px-5 py-3'
                  : 'flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-5 py-3'
              }
            >
              <dt className="text-muted">{name}</dt>
              <dd className={isCode ? 'font-mono text-xs break-all' : 'text-right font-medium tabular-nums'}>
                {value}
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </section>
  );
}

function useFacts(job: JobDetail): Fact[] {
  const t = useTranslations('Jobs.detail.facts');
  const words = useJobWords();
  const readable = useReadable();
  const time = (name: string, value: string | null): Fact[] =>
    value === null ? [] : [[name, <ExactTime key="time" value={value} />]];
  const span = (name: string, value: number | null): Fact[] =>
    value === null ? [] : [[name, readable.shortSpan(value)]];
  const code = (name: string, value: string | null): Fact[] =>
    value === null ? [] : [[name, value, 'code']];
  return [
    [t('queue'), words.queue(job.queue)],
    [t('priority'), words.priority(job.priority)],
    [t('trigger'), words.trigger(job.trigger)],
    [t('attempts'), t('attemptsOf', { n: job.attempts, max: job.max_attempts })],
    ...(job.crashes > 0 ? ([[t('crashes'), job.crashes]] as Fact[]) : []),
    ...time(t('created'), job.created_at),
    ...(job.started_at === null ? time(t('notBefore'), job.not_before) : []),
    ...time(t('started'), job.started_at),
    ...time(t('finished'), job.finished_at),
    ...time(t('deadline'), job.deadline),
    ...span(t('lateness'), job.lateness_seconds),
    ...span(t('duration'), job.duration_seconds),
    ...code(t('name'), job.name),
    ...code(t('owner'), job.owner),
    ...code(t('id'), job.id),
    ...code(t('triggerKey'), job.trigger_key),
    ...code(t('dedupeKey'), job.dedupe_key),
    ...code(t('trace'), job.trace_id),
  ];
}
