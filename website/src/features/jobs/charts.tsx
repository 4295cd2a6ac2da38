'use client';
import { jobChartsQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChartCard } from '@/components/charts/chart-card';
import { LazyLines, LazyStackedBars } from '@/components/charts/lazy';
import { FilterPills } from '@/components/ui/filter-pills';
import { Loading } from '@/components/ui/loading';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useReadable } from '@/lib/use-readable';
import { amountsOf, latenessOf, totalsOf } from './chart-points';
import { useScope } from '@/lib/use-scope';

const ranges = ['1', '24', '168'] as const;
type Range = (typeof ranges)[number];
const hours = { '1': 1, '24': 24, '168': 168 } as const;

/** How many jobs finished, and how late they started. */
export function Charts() {
  const t = useTranslations('Jobs.charts');
  const format = useFormatter();
  const readable = useReadable();
  const scope = useScope();
  const [range, setRange] = useState<Range>('1');
  const charts = useQuery({
    ...jobChartsQuery(api, scope, hours[range]),
    refetchInterval: 20_000,
    placeholderData: (previous) => previous,
  });

  const time = (at: string) =>
    range === '168'
      ? format.dateTime(new Date(at), { day: 'numeric', month: 'short' })
      : format.dateTime(new Date(at), { hour: '2-digit', minute: '2-digit' });
  const names = {
    nameTime: time,
    nameTimeFully: (at: string) =>
      format.dateTime(new Date(at), { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
  };
  const amounts = {
    points: amountsOf(charts.data),
    series: [
      { key: 'done', name: t('done'), color: 'var(--chart-3)' },
      { key: 'failed', name: t('failed'), color: 'var(--chart-5)' },
      { key: 'dead', name: t('dead'), color: 'var(--chart-4)' },
    ],
    nameValue: (value: number) => format.number(value, { notation: 'compact' }),
    ...names,
  };
  const lateness = {
    points: latenessOf(charts.data),
    series: [
      { key: 'p50', name: t('p50'), color: 'var(--chart-6)' },
      { key: 'p95', name: t('p95'), color: 'var(--chart-1)' },
    ],
    nameValue: readable.shortSpan,
    ...names,
  };
  const totals = totalsOf(charts.data);

  return (
    <section aria-labelledby="charts" className="min-w-0">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h2 id="charts" className="text-lg font-semibold">
          {t('heading')}
        </h2>
        <FilterPills<Range>
          legend={t('range')}
          choices={ranges.map((value) => ({ value, name: t(`hours.${value}`) }))}
          value={range}
          onChange={(value) => value && setRange(value)}
        />
      </div>
      {!charts.data ? (
        <NotLoaded query={charts}>
          <Loading label={t('loading')} className="grid gap-4 lg:grid-cols-2">
            <Skeleton className="h-76 rounded-card" />
            <Skeleton className="hidden h-76 rounded-card lg:block" />
          </Loading>
        </NotLoaded>
      ) : (
        <div className="-mx-4 flex snap-x snap-mandatory gap-4 overflow-x-auto px-4 pb-1 *:w-[88%] *:shrink-0 *:snap-center sm:-mx-6 sm:px-6 lg:mx-0 lg:grid lg:grid-cols-2 lg:overflow-visible lg:px-0 lg:*:w-auto">
          <ChartCard
            title={t('throughput')}
            summary={t('throughputSummary', { done: totals.done, bad: totals.bad })}
            {...amounts}
          >
            <LazyStackedBars {...amounts} />
          </ChartCard>
          <ChartCard
            title={t('lateness')}
            summary={
              totals.worstLateness === null
                ? t('latenessUnknown')
                : t('latenessSummary', { span: readable.shortSpan(totals.worstLateness) })
            }
            {...lateness}
          >
            <LazyLines {...lateness} />
          </ChartCard>
        </div>
      )}
    </section>
  );
}
