/** The filters of the log in the address, and as the gateway wants them. */
import type { AuditFilters } from '@ultrarslanoglu/api-client/queries/audit';
import { isGroup, type Group } from './actions';

export const outcomes = ['ok', 'refused', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

export interface Chosen {
  group?: Group | undefined;
  person?: string | undefined;
  outcome?: Outcome | undefined;
  /** Days as the calendar names them: 2026-11-23. */
  from?: string | undefined;
  to?: string | undefined;
}

const isOutcome = (value: string | null): value is Outcome => outcomes.some((known) => known === value);
const isDay = (value: string | null): value is string => /^\d{4}-\d{2}-\d{2}$/.test(value ?? '');
const isId = (value: string | null): value is string => /^[0-9a-f-]{36}$/.test(value ?? '');

/** The address bar is anybody's to fill in: what it should not hold is left out. */
export function chosenFrom(params: URLSearchParams): Chosen {
  const [group, person, outcome] = [params.get('group'), params.get('person'), params.get('outcome')];
  const [from, to] = [params.get('from'), params.get('to')];
  return {
    ...(isGroup(group) ? { group } : {}),
    ...(isId(person) ? { person } : {}),
    ...(isOutcome(outcome) ? { outcome } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
  };
}

/** Days begin where the person is; the last day is meant as a whole. */
export function filtersOf({ group, person, outcome, from, to }: Chosen): AuditFilters {
  return {
    ...(group ? { action: `${group}.` } : {}),
    ...(person ? { user_id: person } : {}),
    ...(outcome ? { outcome } : {}),
    ...(from ? { since: startOf(from, 0) } : {}),
    ...(to ? { until: startOf(to, 1) } : {}),
  };
}

function startOf(day: string, later: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
