import type { VideoFilters } from '@ultrarslanoglu/api-client/queries/videos';
import { isStatus } from '@/features/videos/video-state';

/** The filters that the address asks for; what it should not contain is left out. */
export function filtersFrom(query: Record<string, string | string[] | undefined>): VideoFilters {
  const q = typeof query.q === 'string' ? query.q.trim() : '';
  return { ...(isStatus(query.status) ? { status: query.status } : {}), ...(q ? { q } : {}) };
}
