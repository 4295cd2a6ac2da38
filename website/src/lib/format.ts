/** Numbers as people read them. All take the language, because "1,5 GB" and "1.5 GB" are both right somewhere. */

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

export function formatBytes(bytes: number, locale: string): string {
  const power = bytes < 1 ? 0 : Math.min(byteUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: byteUnits[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power < 2 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}

/** 75.4 → "1:15", 3661 → "1:01:01": a position or length on a time line. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60];
  const hours = Math.floor(whole / 3600);
  if (hours > 0) parts.unshift(hours);
  return parts.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

/** 75 → "1 dk. 15 sn.", 4000 → "1 sa. 7 dk.": a span of time, in its two largest units. */
export function formatSpan(seconds: number, locale: string): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor(whole / 60) % 60, 'minute'],
    [whole % 60, 'second'],
  ] as const;
  const first = parts.findIndex(([amount]) => amount > 0);
  if (first === -1) return formatUnit(0, 'second', locale);
  return parts
    .slice(first, first + 2)
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => formatUnit(amount, unit, locale))
    .join(' ');
}

/** 1.84 → "1,8 sn.", 0.036 → "36 msn": a short span, where a tenth or less still says something. */
export function formatShortSpan(seconds: number, locale: string): string {
  if (seconds >= 10) return formatSpan(seconds, locale);
  const isTiny = seconds > 0 && seconds < 0.0995;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: isTiny ? 'millisecond' : 'second',
    unitDisplay: 'short',
    maximumFractionDigits: isTiny ? 0 : 1,
  }).format(isTiny ? seconds * 1_000 : seconds);
}

const formatUnit = (amount: number, unit: string, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount);

export const formatPercent = (percent: number, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(percent / 100);

export function formatBitrate(bitsPerSecond: number, locale: string): string {
  const megabits = bitsPerSecond / 1_000_000;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(megabits)} Mb/s`;
}

/** A level such as −14,0; the true minus sign, always one decimal. */
export const formatLevel = (value: number, unit: string, locale: string) =>
  `${new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    .format(value)
    .replace('-', '−')} ${unit}`;
