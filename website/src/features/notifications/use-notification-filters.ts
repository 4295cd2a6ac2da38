'use client';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { filtersFrom } from './filters-from';
import type { NotificationFilters } from '@ultrarslanoglu/api-client/queries/notifications';

/** The address holds the filters: they survive a reload and Back. */
export function useNotificationFilters() {
  const params = useSearchParams();
  const filters = useMemo(() => filtersFrom(Object.fromEntries(params)), [params]);
  function change(part: NotificationFilters) {
    const { unread, kind } = { ...filters, ...part };
    const next = new URLSearchParams({ ...(unread ? { unread: '1' } : {}), ...(kind ? { kind } : {}) });
    const query = next.toString();
    // Only the address changes; the server has nothing to add.
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname);
  }
  return { filters, change };
}
