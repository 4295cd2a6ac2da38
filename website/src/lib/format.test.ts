import { expect, test } from 'vitest';
import { formatBytes, formatClock, formatLevel, formatPercent, formatShortSpan, formatSpan } from './format';

test.each([
  [0, 'tr', '0 bayt'],
  [999, 'en', '999 bytes'],
  [1_500, 'en', '2 kB'],
  [2_079_846, 'tr', '2,1 MB'],
  [3_200_000_000, 'en', '3.2 GB'],
  [5e15, 'en', '5,000 TB'],
])('%i bytes in %s', (bytes, locale, expected) => {
  expect(formatBytes(bytes, locale)).toBe(expected);
});

test.each([
  [0, '0:00'],
  [75.9, '1:15'],
  [3661, '1:01:01'],
  [-1, '0:00'],
])('%d seconds on a clock', (seconds, expected) => expect(formatClock(seconds)).toBe(expected));

test.each([
  [0, 'tr', '0 sn.'],
  [75, 'tr', '1 dk. 15 sn.'],
  [3600, 'en', '1 hr'],
  [4000, 'en', '1 hr 6 min'],
])('%d seconds as a span in %s', (seconds, locale, expected) => {
  // Intl joins with a no-break space in some languages.
  expect(formatSpan(seconds, locale).replaceAll('\u00a0', ' ')).toBe(expected);
});

test.each([
  [0, 'tr', '0 sn.'],
  [0.0362, 'tr', '36 msn'],
  [0.0999, 'en', '0.1 sec'],
  [0.04, 'en', '40 ms'],
  [1.84, 'tr', '1,8 sn.'],
  [12.4, 'en', '12 sec'],
])('%d seconds as a short span in %s', (seconds, locale, expected) => {
  expect(formatShortSpan(seconds, locale).replaceAll('\u00a0', ' ')).toBe(expected);
});

test('the percent sign stands where the language puts it', () => {
  expect(formatPercent(61.4, 'tr')).toBe('%61');
  expect(formatPercent(61.4, 'en')).toBe('61%');
});

test('a level has one decimal and a true minus sign', () => {
  expect(formatLevel(-14, 'LUFS', 'tr')).toBe('−14,0 LUFS');
});
