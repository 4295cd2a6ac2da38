/** Requests of the noun "hooks": addresses that other systems call to start a job. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApiClient, HookCreate, HookUpdate } from '../client';
import { unwrap } from '../errors';

export const hookKeys = {
  all: ['hooks'] as const,
  list: ['hooks', 'list'] as const,
  detail: (id: string) => ['hooks', 'detail', id] as const,
  calls: (id: string) => ['hooks', 'calls', id] as const,
};

const to = (hook: string) => ({ params: { path: { hook } } });

export const hooksQuery = (api: ApiClient, limit = 50) =>
  infiniteQueryOptions({
    queryKey: hookKeys.list,
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/jobs/hooks', {
          params: { query: { limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const hookQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: hookKeys.detail(id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/jobs/hooks/{hook}', { ...to(id), signal })),
  });

export const hookCallsQuery = (api: ApiClient, hook: string, limit = 20) =>
  infiniteQueryOptions({
    queryKey: hookKeys.calls(hook),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/jobs/hooks/{hook}/calls', {
          params: { path: { hook }, query: { limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const createHook = (api: ApiClient, body: HookCreate) => unwrap(api.POST('/api/jobs/hooks', { body }));

export const updateHook = (api: ApiClient, id: string, body: HookUpdate) =>
  unwrap(api.PATCH('/api/jobs/hooks/{hook}', { ...to(id), body }));

export const deleteHook = (api: ApiClient, id: string) =>
  unwrap(api.DELETE('/api/jobs/hooks/{hook}', to(id)));

/** A new secret; the old one stays good for a day. */
export const rotateHook = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/jobs/hooks/{hook}/rotate', to(id)));
