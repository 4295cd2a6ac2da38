'use client';
import type { ProjectFilters } from '@ultrarslanoglu/api-client/queries/projects';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { projectFiltersFrom } from './project-filters';

/** The address holds the filters: they survive a reload and can be sent to somebody. */
export function useProjectFilters() {
  const params = useSearchParams();
  const filters = useMemo(() => projectFiltersFrom(new URLSearchParams(params.toString())), [params]);
  function change(part: ProjectFilters) {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filters, ...part }))
      if (value) next.set(name, String(value));
    const query = next.toString();
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  }
  return { filters, change };
}
