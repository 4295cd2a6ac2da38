/** Requests of the noun "audit": what was done in the workspace, by whom, and whether the record is whole. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ApiClient, AuditEntry, AuditScope } from '../client';
import { unwrap } from '../errors';

export interface AuditFilters {
  scope?: AuditScope | undefined;
  action?: string | undefined;
  user_id?: string | undefined;
  outcome?: AuditEntry['outcome'] | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

export const auditKeys = {
  all: ['audit'] as const,
  list: (filters: AuditFilters) => ['audit', 'list', filters] as const,
};

export const auditQuery = (api: ApiClient, filters: AuditFilters, limit = 30) =>
  infiniteQueryOptions({
    queryKey: auditKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/audit', {
          params: { query: { ...filters, limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** Computes the whole chain anew. */
export const verifyAudit = (api: ApiClient, scope: AuditScope) =>
  unwrap(api.POST('/api/audit/verify', { params: { query: { scope } } }));

/** Asked for by the browser itself, which then saves it as a file. */
export function auditFile(format: 'csv' | 'jsonl', filters: AuditFilters): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(filters)) if (value) query.set(name, String(value));
  return `/api/audit/export?${query.toString()}`;
}
