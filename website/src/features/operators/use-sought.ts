'use client';
import type { PeopleFilters } from '@ultrarslanoglu/api-client/queries/operators';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';

export const states = ['open', 'closed'] as const;
type State = (typeof states)[number];

interface Sought {
  q?: string | undefined;
  state?: State | undefined;
}

const isState = (value: string | null): value is State => states.some((known) => known === value);

/** The address holds what is looked for: it survives a reload and can be sent to somebody. */
export function useSought() {
  const params = useSearchParams();
  const [q, state] = [params.get('q') ?? undefined, params.get('state')];
  const sought: Sought = useMemo(() => ({ q, state: isState(state) ? state : undefined }), [q, state]);
  const filters: PeopleFilters = useMemo(
    () => ({ q: sought.q, is_disabled: sought.state && sought.state === 'closed' }),
    [sought],
  );
  function change(part: Sought) {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...sought, ...part })) if (value) next.set(name, value);
    const query = next.toString();
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  }
  const clear = () => window.history.replaceState(null, '', window.location.pathname);
  return { sought, filters, change, clear };
}
