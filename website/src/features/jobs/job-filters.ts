/** The filters of a list of jobs, as the address holds them. What an address should not contain is left out. */
import type { Priority, Queue, Trigger } from '@ultrarslanoglu/api-client';
import type { JobFilters } from '@ultrarslanoglu/api-client/queries/jobs';
import { scopeFrom } from '@/lib/scope';
import { states } from './job-state';

export const queues: readonly Queue[] = ['video', 'api', 'analytics', 'general'];
export const priorities: readonly Priority[] = ['high', 'medium', 'low'];
export const triggers: readonly Trigger[] = ['api', 'schedule', 'event', 'webhook'];

export type FilterPart = Partial<Omit<JobFilters, 'scope'>>;

export function filtersFrom(params: URLSearchParams, isOperator: boolean): JobFilters {
  const chosen = states.filter((state) => params.getAll('state').includes(state));
  const filters: JobFilters = {
    scope: scopeFrom(params, isOperator),
    state: chosen.length > 0 ? chosen : undefined,
    queue: oneOf(queues, params.get('queue')),
    priority: oneOf(priorities, params.get('priority')),
    trigger: oneOf(triggers, params.get('trigger')),
    name: params.get('name')?.trim() || undefined,
    q: params.get('q')?.trim() || undefined,
  };
  return withoutGaps(filters);
}

/** The query of an address, without its question mark; empty when nothing is filtered. */
export function queryOf(filters: JobFilters): string {
  const params = new URLSearchParams();
  if (filters.scope === 'all') params.set('scope', 'all');
  for (const state of filters.state ?? []) params.append('state', state);
  for (const name of ['queue', 'priority', 'trigger', 'name', 'q'] as const) {
    const value = filters[name];
    if (value) params.set(name, value);
  }
  return params.toString();
}

export const isFiltered = (filters: JobFilters) => queryOf({ ...filters, scope: 'own' }) !== '';

const oneOf = <Value extends string>(values: readonly Value[], value: string | null) =>
  values.find((known) => known === value);

/** The server's filters and the browser's are the same key in the cache only when both leave out the same. */
const withoutGaps = (filters: JobFilters) =>
  Object.fromEntries(
    Object.entries(filters).filter(([, value]) => value !== undefined),
  ) as unknown as JobFilters;
