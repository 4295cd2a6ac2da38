import { expect, test } from 'vitest';
import { latenessOf, totalsOf } from './chart-points';

const point = {
  at: '2026-11-23T10:00:00Z',
  done: 3,
  failed: 1,
  dead: 2,
  p50_lateness: 0.1,
  p95_lateness: 0.4,
};
const quiet = { ...point, done: 0, failed: 0, dead: 0, p50_lateness: null, p95_lateness: null };

test('sums what finished and what could not', () => {
  const charts = { bucket_seconds: 60, points: [point, quiet, { ...point, p95_lateness: 0.9 }] };
  expect(totalsOf(charts)).toEqual({ done: 6, bad: 6, worstLateness: 0.9 });
});

test('an hour in which nothing started has no lateness, not one of zero', () => {
  expect(totalsOf({ bucket_seconds: 60, points: [quiet] }).worstLateness).toBeNull();
  expect(latenessOf({ bucket_seconds: 60, points: [quiet] })[0]?.values).toEqual({ p50: null, p95: null });
});
