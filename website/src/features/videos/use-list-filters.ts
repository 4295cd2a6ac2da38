'use client';
import type { VideoFilters } from '@ultrarslanoglu/api-client/queries/videos';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { isStatus } from './video-state';

/** The address holds the filters: they survive a reload and can be sent to somebody. */
export function useListFilters() {
  const params = useSearchParams();
  const status = params.get('status');
  const q = params.get('q')?.trim();
  const filters = useMemo<VideoFilters>(
    () => ({ ...(isStatus(status) ? { status } : {}), ...(q ? { q } : {}) }),
    [status, q],
  );
  function change(part: VideoFilters) {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...filters, ...part }))
      if (value) next.set(name, String(value));
    const query = next.toString();
    // Only the address changes; the server has nothing to add.
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  }
  return { filters, change };
}
