/** Monday first, as the week begins here; the numbers are cron's, where Sunday is 0. */
export const weekdays = [1, 2, 3, 4, 5, 6, 0] as const;

export const weekdayName = (weekday: number, locale: string) =>
  // The first of November 2026 is a Sunday.
  new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(2026, 10, 1 + weekday)),
  );
