/** Requests of operators: everybody who has an account here, and what can be done to an account from outside of it. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../client';
import { unwrap } from '../errors';

export interface PeopleFilters {
  q?: string | undefined;
  is_disabled?: boolean | undefined;
}

export const operatorKeys = {
  people: ['operators', 'people'] as const,
};

export const peopleQuery = (api: ApiClient, filters: PeopleFilters, limit = 30) =>
  infiniteQueryOptions({
    queryKey: [...operatorKeys.people, filters] as const,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/auth/operator/people', {
          params: { query: { ...filters, limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

const personPath = (user_id: string) => ({ params: { path: { user_id } } });

/** The person reads the reason in the mail that tells them. */
export const disablePerson = (api: ApiClient, id: string, reason: string) =>
  unwrap(api.POST('/api/auth/operator/people/{user_id}/disable', { ...personPath(id), body: { reason } }));

export const enablePerson = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/auth/operator/people/{user_id}/enable', personPath(id)));

export const endSessionsOf = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/auth/operator/people/{user_id}/end-sessions', personPath(id)));

export const sendResetLetter = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/auth/operator/people/{user_id}/reset-letter', personPath(id)));
