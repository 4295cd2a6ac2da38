/** How often a schedule runs, as something that can be said. A cron expression outside of the usual patterns is shown as it is written. */
import type { ScheduleRead } from '@ultrarslanoglu/api-client';

export type RhythmWords =
  | { key: 'every'; seconds: number }
  | { key: 'everyDays' | 'everyHours' | 'everyMinutes'; count: number }
  | { key: 'hourlySharp' }
  | { key: 'hourly'; minute: number }
  | { key: 'daily' | 'weekdays'; time: string }
  | { key: 'weekly'; weekday: number; time: string }
  | { key: 'monthly'; day: number; time: string }
  | { key: 'cron'; cron: string };

export function wordsOf(rhythm: Pick<ScheduleRead, 'kind' | 'every_seconds' | 'cron'>): RhythmWords {
  if (rhythm.kind === 'interval') return lengthOf(rhythm.every_seconds ?? 0);
  const cron = (rhythm.cron ?? '').trim();
  return patternOf(cron) ?? { key: 'cron', cron };
}

function lengthOf(seconds: number): RhythmWords {
  if (seconds % 86_400 === 0) return { key: 'everyDays', count: seconds / 86_400 };
  if (seconds % 3_600 === 0) return { key: 'everyHours', count: seconds / 3_600 };
  if (seconds % 60 === 0) return { key: 'everyMinutes', count: seconds / 60 };
  return { key: 'every', seconds };
}

function patternOf(cron: string): RhythmWords | null {
  const fields = cron.split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || month !== '*') return null;
  if (hour === '*' && day === '*' && weekday === '*') return withinTheHour(minute ?? '');

  const time = timeOf(hour ?? '', minute ?? '');
  if (!time) return null;
  if (day === '*' && weekday === '*') return { key: 'daily', time };
  if (day === '*' && weekday === '1-5') return { key: 'weekdays', time };
  // Sunday is 0 and, to many, 7.
  const ofWeek = numberIn(weekday, 7);
  if (day === '*' && ofWeek !== null) return { key: 'weekly', weekday: ofWeek % 7, time };
  const ofMonth = numberIn(day, 31);
  return weekday === '*' && ofMonth ? { key: 'monthly', day: ofMonth, time } : null;
}

function withinTheHour(minute: string): RhythmWords | null {
  if (minute === '*') return { key: 'everyMinutes', count: 1 };
  const step = /^\*\/(\d+)$/.exec(minute)?.[1];
  // Only a step that divides the hour is "every n minutes" throughout.
  if (step) return 60 % Number(step) === 0 ? { key: 'everyMinutes', count: Number(step) } : null;
  const at = numberIn(minute, 59);
  if (at === null) return null;
  return at === 0 ? { key: 'hourlySharp' } : { key: 'hourly', minute: at };
}

function timeOf(hour: string, minute: string): string | null {
  const [h, m] = [numberIn(hour, 23), numberIn(minute, 59)];
  if (h === null || m === null) return null;
  return `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
}

function numberIn(text: string | undefined, most: number): number | null {
  if (!text || !/^\d{1,2}$/.test(text)) return null;
  return Number(text) <= most ? Number(text) : null;
}
