/** What all charts over time have in common: quiet axes, and a tooltip in the colours of the page. */
import type { ChartProps } from './series';

export const margin = { left: 0, right: 8, top: 8, bottom: 0 };

const tick = { fill: 'var(--muted)', fontSize: 12 };

export const timeAxis = (nameTime: ChartProps['nameTime']) => ({
  dataKey: 'at',
  tickFormatter: nameTime,
  tickLine: false,
  axisLine: false,
  minTickGap: 28,
  interval: 'equidistantPreserveStart' as const,
  tick,
});

export const valueAxis = (nameValue: ChartProps['nameValue'], width: number) => ({
  width,
  tickLine: false,
  axisLine: false,
  tickCount: 4,
  tickFormatter: nameValue,
  tick,
});

export const tooltip = ({
  nameTimeFully,
  nameValue,
  series,
}: Pick<ChartProps, 'nameTimeFully' | 'nameValue' | 'series'>) => ({
  labelFormatter: (at: unknown) => nameTimeFully(String(at)),
  formatter: (value: unknown, name: unknown): [string, string] => [nameValue(Number(value)), String(name)],
  // As the series are given, not by their names.
  itemSorter: ({ dataKey }: { dataKey?: unknown }) => series.findIndex(({ key }) => key === dataKey),
  cursor: { fill: 'var(--raised)', stroke: 'var(--border)' },
  contentStyle: {
    background: 'var(--surface)',
    border: '1px solid var(--border)',
    borderRadius: 12,
    color: 'var(--fg)',
    fontSize: 13,
  },
  itemStyle: { color: 'var(--fg)' },
});

/** Rows as the library reads them. */
export const rowsOf = (points: ChartProps['points']) => points.map(({ at, values }) => ({ at, ...values }));
