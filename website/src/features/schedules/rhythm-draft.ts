/** The rhythm of a schedule while somebody is choosing it: what stands in the fields, and the rhythm that it makes. */
import type { ScheduleKind, ScheduleRead, Timing } from '@ultrarslanoglu/api-client';
import { wordsOf } from './rhythm-words';

export const units = ['60', '3600', '86400'] as const;
export type Unit = (typeof units)[number];

export const presets = ['daily', 'weekdays', 'weekly', 'monthly', 'custom'] as const;
export type Preset = (typeof presets)[number];

export interface RhythmDraft {
  kind: ScheduleKind;
  amount: string;
  unit: Unit;
  preset: Preset;
  time: string;
  weekday: string;
  dayOfMonth: string;
  cron: string;
  zone: string;
}

export const newDraft = (zone: string): RhythmDraft => ({
  kind: 'cron',
  amount: '1',
  unit: '3600',
  preset: 'daily',
  time: '09:00',
  weekday: '1',
  dayOfMonth: '1',
  cron: '0 9 * * *',
  zone,
});

/** The fields as they would have been filled in for this schedule. */
export function draftOf(
  schedule: Pick<ScheduleRead, 'kind' | 'every_seconds' | 'cron' | 'zone'>,
): RhythmDraft {
  const draft = { ...newDraft(schedule.zone), kind: schedule.kind };
  if (schedule.kind === 'interval') return { ...draft, ...lengthOf(schedule.every_seconds ?? 0) };
  const words = wordsOf(schedule);
  switch (words.key) {
    case 'daily':
    case 'weekdays':
      return { ...draft, preset: words.key, time: words.time };
    case 'weekly':
      return { ...draft, preset: 'weekly', time: words.time, weekday: String(words.weekday) };
    case 'monthly':
      return { ...draft, preset: 'monthly', time: words.time, dayOfMonth: String(words.day) };
    default:
      return { ...draft, preset: 'custom', cron: schedule.cron ?? '' };
  }
}

/** In the largest unit that it is a whole number of. */
function lengthOf(seconds: number): Pick<RhythmDraft, 'amount' | 'unit'> {
  const unit = [...units].reverse().find((size) => seconds % Number(size) === 0) ?? '60';
  return { unit, amount: String(seconds / Number(unit)) };
}

/** The rhythm that the fields make, or null while a field has no sensible value. */
export function rhythmOf(draft: RhythmDraft): Timing | null {
  const { kind, zone } = draft;
  if (kind === 'interval') {
    const seconds = Number(draft.amount) * Number(draft.unit);
    return /^[1-9]\d{0,5}$/.test(draft.amount.trim()) ? { kind, zone, every_seconds: seconds } : null;
  }
  const cron = cronOf(draft);
  return cron ? { kind, zone, cron } : null;
}

/** The expression of a preset, or what was written by hand; empty when it cannot be one. */
export function cronOf({ preset, time, weekday, dayOfMonth, cron }: RhythmDraft): string {
  if (preset === 'custom') return cron.trim().replace(/\s+/g, ' ');
  const [hour, minute] = time.split(':').map(Number);
  if (hour === undefined || minute === undefined || Number.isNaN(hour + minute)) return '';
  const days = {
    daily: '* * *',
    weekdays: '* * 1-5',
    weekly: `* * ${weekday}`,
    monthly: `${dayOfMonth} * *`,
  };
  return `${minute} ${hour} ${days[preset]}`;
}
