'use client';
import { jobSummaryQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/i18n/navigation';
import { cn } from '@/lib/cn';
import { useReadable } from '@/lib/use-readable';
import { api } from '@/lib/api';
import { refetchEvery } from './refetch-every';
import { useScope } from '@/lib/use-scope';

/** How things stand, in five numbers. What is not known is a dash, never a zero. */
export function Numbers() {
  const t = useTranslations('Jobs.numbers');
  const format = useFormatter();
  const readable = useReadable();
  const scope = useScope();
  const { data } = useQuery({ ...jobSummaryQuery(api, scope), refetchInterval: refetchEvery(scope) });
  const count = (value: number | undefined) => (value === undefined ? '–' : format.number(value));
  const p95 = data?.lateness.p95 ?? null;
  const oldest = data?.oldest_due_seconds ?? null;
  const deadLetters = data?.dead_letters;
  return (
    <dl
      aria-label={t('label')}
      className="grid grid-cols-2 gap-px overflow-hidden rounded-card border bg-border md:grid-cols-3 xl:grid-cols-5"
    >
      <Fact name={t('running')} value={count(data?.states.running)} />
      <Fact
        name={t('waiting')}
        value={count(data && data.states.waiting + data.states.queued)}
        note={data && (oldest === null ? t('onTime') : t('oldest', { span: readable.shortSpan(oldest) }))}
      />
      <Fact
        name={t('perMinute')}
        value={data ? format.number(data.per_minute_now, { maximumFractionDigits: 1 }) : '–'}
      />
      <Fact
        name={t('lateness')}
        value={p95 === null ? '–' : readable.shortSpan(p95)}
        note={data && (p95 === null ? t('noLateness') : t('latenessNote'))}
      />
      <Fact
        name={t('deadLetters')}
        value={count(deadLetters)}
        className={cn('col-span-2 md:col-span-2 xl:col-span-1', deadLetters ? 'text-danger' : undefined)}
        note={
          deadLetters !== undefined &&
          (deadLetters === 0 ? (
            t('none')
          ) : (
            <Link
              href={scope === 'all' ? '/jobs/dead-letters?scope=all' : '/jobs/dead-letters'}
              className="rounded text-link underline underline-offset-4"
            >
              {t('look')}
            </Link>
          ))
        }
      />
    </dl>
  );
}

interface FactProps {
  name: string;
  value: string;
  note?: ReactNode;
  className?: string;
}

const Fact = ({ name, value, note, className }: FactProps) => (
  <div className={cn('bg-surface p-4 sm:p-5', className)}>
    <dt className="text-sm text-muted">{name}</dt>
    <dd className="mt-1">
      <span className="text-xl font-semibold tabular-nums sm:text-2xl">{value}</span>
      {note && <span className="mt-0.5 block text-xs leading-relaxed text-muted">{note}</span>}
    </dd>
  </div>
);
