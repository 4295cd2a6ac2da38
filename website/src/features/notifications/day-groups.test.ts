import { expect, test } from 'vitest';
import { dayOf, daysAgo, groupByDay } from './day-groups';

const at = (created_at: string) => ({ created_at });

test('midnight is where the reader is', () => {
  const items = [at('2026-11-22T21:30:00Z'), at('2026-11-22T20:30:00Z')];
  expect(groupByDay(items, 'Europe/Istanbul').map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-22']);
  expect(groupByDay(items, 'UTC')).toEqual([{ day: '2026-11-22', items }]);
});

test('an empty list has no days', () => expect(groupByDay([], 'UTC')).toEqual([]));

test('days are counted by the calendar, also over a change of the clock', () => {
  const before = dayOf(new Date('2026-10-24T12:00:00Z'), 'Europe/Berlin');
  const after = dayOf(new Date('2026-10-26T00:30:00Z'), 'Europe/Berlin');
  expect(daysAgo(before, after)).toBe(2);
});
