'use client';
import { useFormatter, useNow, useTimeZone, useTranslations } from 'next-intl';
import { dayOf, daysAgo } from './day-groups';

/** The zone that the page shows times in. */
export const useZone = () => useTimeZone() ?? 'UTC';

/** "Bugün", "Dün", then the weekday and date. */
export function DayHeading({ id, day, zone }: { id: string; day: string; zone: string }) {
  const t = useTranslations('Notifications.days');
  const format = useFormatter();
  const now = useNow({ updateInterval: 60_000 });
  const ago = daysAgo(day, dayOf(now, zone));
  const isThisYear = day.startsWith(dayOf(now, zone).slice(0, 4));
  const name = format.dateTime(new Date(`${day}T12:00:00Z`), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  });
  return (
    <h2 id={id} className="mb-2 text-sm font-medium text-muted" suppressHydrationWarning>
      {ago <= 0 ? t('today') : ago === 1 ? t('yesterday') : name}
    </h2>
  );
}
