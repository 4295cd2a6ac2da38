import { expect, test } from 'vitest';
import { wordsOf } from './rhythm-words';

const cron = (text: string) => wordsOf({ kind: 'cron', every_seconds: null, cron: text });

test.each([
  ['* * * * *', { key: 'everyMinutes', count: 1 }],
  ['*/15 * * * *', { key: 'everyMinutes', count: 15 }],
  ['0 * * * *', { key: 'hourlySharp' }],
  ['20 * * * *', { key: 'hourly', minute: 20 }],
  ['30 3 * * *', { key: 'daily', time: '03:30' }],
  ['0 9 * * 1-5', { key: 'weekdays', time: '09:00' }],
  ['0 9 * * 1', { key: 'weekly', weekday: 1, time: '09:00' }],
  ['0 9 * * 7', { key: 'weekly', weekday: 0, time: '09:00' }],
  ['5 14 1 * *', { key: 'monthly', day: 1, time: '14:05' }],
])('%s can be said', (text, words) => expect(cron(text)).toEqual(words));

test.each([
  '0 9 * 1 *',
  '0 9,18 * * *',
  '*/7 * * * *',
  '0 9 1 * 1',
  '0 25 * * *',
  '0 9 0 * *',
  '0 9 * *',
  '@daily',
  '',
])('%s stays as it is written', (text) => expect(cron(text)).toEqual({ key: 'cron', cron: text }));

test.each([
  [86_400, { key: 'everyDays', count: 1 }],
  [7_200, { key: 'everyHours', count: 2 }],
  [900, { key: 'everyMinutes', count: 15 }],
  [90, { key: 'every', seconds: 90 }],
])('an interval of %i seconds is said in its largest whole unit', (every_seconds, words) => {
  expect(wordsOf({ kind: 'interval', every_seconds, cron: null })).toEqual(words);
});
