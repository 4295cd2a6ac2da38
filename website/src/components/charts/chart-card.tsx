'use client';
import { useTranslations } from 'next-intl';
import { useId, type ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import type { ChartProps } from './series';

interface Props extends ChartProps {
  title: string;
  /** What the chart says, in one sentence. */
  summary: string;
  children: ReactNode;
}

/** A chart with its title, its meaning in a sentence, its colours by name, and the numbers as a table for whoever wants them exactly. */
export function ChartCard({ title, summary, children, points, series, nameTimeFully, nameValue }: Props) {
  const t = useTranslations('Charts');
  const id = useId();
  return (
    <Card className="grid min-w-0 content-start gap-3" role="group" aria-labelledby={id}>
      <div>
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        <p className="mt-0.5 text-sm text-muted">{summary}</p>
      </div>
      <div className="h-48">{children}</div>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 text-xs text-muted">
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {series.map(({ key, name, color }) => (
            <li key={key} className="flex items-center gap-1.5">
              <span aria-hidden className="size-2.5 rounded-sm" style={{ background: color }} />
              {name}
            </li>
          ))}
        </ul>
        <details className="group open:w-full">
          <summary className="w-fit cursor-pointer rounded underline underline-offset-4">
            {t('asTable')}
          </summary>
          <div
            className="mt-2 max-h-56 overflow-auto rounded-lg border"
            tabIndex={0}
            role="group"
            aria-label={title}
          >
            <table className="w-full text-left tabular-nums">
              <thead className="sticky top-0 bg-raised">
                <tr>
                  <th scope="col" className="px-3 py-2 font-medium">
                    {t('time')}
                  </th>
                  {series.map(({ key, name }) => (
                    <th key={key} scope="col" className="px-3 py-2 font-medium">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody className="divide-y">
                {points.map(({ at, values }) => (
                  <tr key={at}>
                    <th scope="row" className="px-3 py-1.5 font-normal whitespace-nowrap">
                      {nameTimeFully(at)}
                    </th>
                    {series.map(({ key }) => (
                      <td key={key} className="px-3 py-1.5">
                        {valueIn(values[key], nameValue)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
      </div>
    </Card>
  );
}

const valueIn = (value: number | null | undefined, nameValue: ChartProps['nameValue']) =>
  value === null || value === undefined ? '–' : nameValue(value);
