'use client';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { chosenFrom, type Chosen } from './audit-filters';

/** The address holds the filters: they survive a reload and can be sent to somebody. */
export function useChosen() {
  const params = useSearchParams();
  const chosen = useMemo(() => chosenFrom(new URLSearchParams(params.toString())), [params]);
  function change(part: Chosen) {
    const next = empty();
    for (const [name, value] of Object.entries({ ...chosen, ...part }))
      if (value) next.set(name, String(value));
    show(next);
  }
  const clear = () => show(empty());
  /** Whose log it is stays as it is. */
  function empty() {
    const scope = params.get('scope');
    return new URLSearchParams(scope ? { scope } : {});
  }
  function show(next: URLSearchParams) {
    const query = next.toString();
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  }
  return { chosen, change, clear };
}
