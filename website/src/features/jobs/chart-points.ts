import type { JobsChart } from '@ultrarslanoglu/api-client';
import type { Point } from '@/components/charts/series';

export const amountsOf = (charts: JobsChart | undefined): Point[] =>
  (charts?.points ?? []).map(({ at, done, failed, dead }) => ({ at, values: { done, failed, dead } }));

export const latenessOf = (charts: JobsChart | undefined): Point[] =>
  (charts?.points ?? []).map(({ at, p50_lateness, p95_lateness }) => ({
    at,
    values: { p50: p50_lateness, p95: p95_lateness },
  }));

/** What the charts say as a whole; the lateness is null when nothing started. */
export function totalsOf(charts: JobsChart | undefined) {
  const points = charts?.points ?? [];
  const measured = points.flatMap(({ p95_lateness }) => (p95_lateness === null ? [] : [p95_lateness]));
  return {
    done: points.reduce((sum, point) => sum + point.done, 0),
    bad: points.reduce((sum, point) => sum + point.failed + point.dead, 0),
    worstLateness: measured.length > 0 ? Math.max(...measured) : null,
  };
}
