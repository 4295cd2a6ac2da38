'use client';
import { useFormatter, useNow } from 'next-intl';

/** "3 dakika önce", with the exact time for those who hover or ask. */
export function RelativeTime({ value, className }: { value: string; className?: string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const date = new Date(value);
  // A clock that is a second behind the server's must not show a time in the future.
  const shown = date > now ? now : date;
  return (
    <time
      dateTime={value}
      title={format.dateTime(date, { dateStyle: 'long', timeStyle: 'short' })}
      className={className}
      suppressHydrationWarning
    >
      {format.relativeTime(shown, now)}
    </time>
  );
}
