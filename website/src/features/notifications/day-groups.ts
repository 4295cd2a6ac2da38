/** A list by days, newest first, as it came. */

export interface DayGroup<Item> {
  /** Years, months and days in the reader's zone: "2026-11-23". */
  day: string;
  items: Item[];
}

export function groupByDay<Item extends { created_at: string }>(
  items: readonly Item[],
  zone: string,
): DayGroup<Item>[] {
  const groups: DayGroup<Item>[] = [];
  for (const item of items) {
    const day = dayOf(new Date(item.created_at), zone);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}

/** Swedish writes dates as ISO does. */
export const dayOf = (date: Date, zone: string) =>
  new Intl.DateTimeFormat('sv', { timeZone: zone }).format(date);

/** How many days before today, by the calendar: a day may have 23 or 25 hours. */
export const daysAgo = (day: string, today: string) => (Date.parse(today) - Date.parse(day)) / 86_400_000;
