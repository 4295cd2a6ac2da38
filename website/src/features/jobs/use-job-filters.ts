'use client';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { filtersFrom, queryOf, type FilterPart } from './job-filters';
import { useIsOperator } from '@/lib/use-scope';

/** The address holds the filters: they survive a reload and can be sent to somebody. */
export function useJobFilters() {
  const params = useSearchParams();
  const isOperator = useIsOperator();
  const filters = useMemo(
    () => filtersFrom(new URLSearchParams(params.toString()), isOperator),
    [params, isOperator],
  );
  function change(part: FilterPart) {
    const query = queryOf({ ...filters, ...part });
    // Only the address changes; the server has nothing to add.
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  }
  const clear = () =>
    change({
      state: undefined,
      queue: undefined,
      priority: undefined,
      trigger: undefined,
      name: undefined,
      q: undefined,
    });
  return { filters, change, clear };
}
