import { expect, test } from 'vitest';
import { draftOf, newDraft, rhythmOf } from './rhythm-draft';

const zone = 'Europe/Istanbul';
const cronSchedule = (cron: string) => ({ kind: 'cron' as const, every_seconds: null, cron, zone });

test.each(['0 9 * * *', '30 18 * * 1-5', '0 9 * * 1', '5 14 28 * *', '0 9,18 * 1-6 *'])(
  'the fields of %s make it again',
  (cron) => expect(rhythmOf(draftOf(cronSchedule(cron)))).toEqual({ kind: 'cron', zone, cron }),
);

test.each([
  [900, '15', '60'],
  [7200, '2', '3600'],
  [86400 * 7, '7', '86400'],
])('%i seconds are %s times %s', (every_seconds, amount, unit) => {
  const schedule = { kind: 'interval' as const, every_seconds, cron: null, zone };
  expect(draftOf(schedule)).toMatchObject({ amount, unit });
  expect(rhythmOf(draftOf(schedule))).toEqual({ kind: 'interval', zone, every_seconds });
});

test.each(['', '0', '-3', '1.5', 'bir'])('an interval of %j is none', (amount) => {
  expect(rhythmOf({ ...newDraft(zone), kind: 'interval', amount })).toBeNull();
});

test('a time that was emptied makes no rhythm', () => {
  expect(rhythmOf({ ...newDraft(zone), time: '' })).toBeNull();
});

test('spaces in an expression do not matter', () => {
  expect(rhythmOf({ ...newDraft(zone), preset: 'custom', cron: '  0  9 * *  1 ' })?.cron).toBe('0 9 * * 1');
});
