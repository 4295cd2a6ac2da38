/** The filters of the list in the address. */
import type { ProjectFilters } from '@ultrarslanoglu/api-client/queries/projects';

export function projectFiltersFrom(params: URLSearchParams): ProjectFilters {
  const q = params.get('q')?.trim().slice(0, 100);
  return { ...(params.get('archived') === 'true' ? { archived: true } : {}), ...(q ? { q } : {}) };
}
