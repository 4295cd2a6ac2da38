'use client';
import { useFormatter, useNow } from 'next-intl';

interface Props {
  value: string;
  /** Another zone than the page's own. */
  zone?: string;
  className?: string;
}

/** A moment that may still be ahead: "5 dakika sonra", with the exact time for those who hover or ask. */
export function Moment({ value, zone, className }: Props) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  const exact = useExact(zone);
  return (
    <time dateTime={value} title={exact(value)} className={className} suppressHydrationWarning>
      {format.relativeTime(new Date(value), now)}
    </time>
  );
}

/** The exact moment: to the second, or where that says too much, to the minute. */
export function ExactTime({ value, zone, isShort, className }: Props & { isShort?: boolean }) {
  const exact = useExact(zone, isShort ? 'short' : 'medium');
  return (
    <time dateTime={value} className={className}>
      {exact(value)}
    </time>
  );
}

function useExact(zone: string | undefined, timeStyle: 'short' | 'medium' = 'medium') {
  const format = useFormatter();
  return (value: string) =>
    format.dateTime(new Date(value), {
      dateStyle: 'medium',
      timeStyle,
      ...(zone ? { timeZone: zone } : {}),
    });
}
