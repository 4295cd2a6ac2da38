'use client';
import { summaryQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { api } from '@/lib/api';
import { useReadable } from '@/lib/use-readable';

export function SummaryNumbers() {
  const t = useTranslations('Dashboard.numbers');
  const format = useFormatter();
  const readable = useReadable();
  const summary = useQuery(summaryQuery(api)).data;
  const numbers = [
    [t('videos'), summary && format.number(summary.total)],
    [t('processing'), summary && format.number(summary.processing)],
    [t('length'), summary && (summary.seconds > 0 ? readable.span(summary.seconds) : readable.clock(0))],
    [t('storage'), summary && readable.bytes(summary.bytes)],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-card border bg-border lg:grid-cols-4">
      {numbers.map(([name, value]) => (
        <div key={name} className="bg-surface p-4 sm:p-5">
          <dt className="text-sm text-muted">{name}</dt>
          <dd className="mt-1 text-xl font-semibold tabular-nums sm:text-2xl">{value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}
