/** Requests of the noun "schedules": what starts by itself, and when. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApiClient, ScheduleCreate, ScheduleUpdate, Timing, View } from '../client';
import { unwrap } from '../errors';

export const scheduleKeys = {
  all: ['schedules'] as const,
  lists: ['schedules', 'list'] as const,
  list: (scope: View) => ['schedules', 'list', scope] as const,
  preview: (timing: Timing) => ['schedules', 'preview', timing] as const,
};

export const schedulesQuery = (api: ApiClient, scope: View, limit = 50) =>
  infiniteQueryOptions({
    queryKey: scheduleKeys.list(scope),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/jobs/schedules', {
          params: { query: { scope, limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** The next instants of a timing that is not saved yet. */
export const schedulePreviewQuery = (api: ApiClient, timing: Timing) =>
  queryOptions({
    queryKey: scheduleKeys.preview(timing),
    queryFn: ({ signal }) => unwrap(api.POST('/api/jobs/schedules/preview', { body: timing, signal })),
    retry: false,
  });

const to = (schedule_id: string) => ({ params: { path: { schedule_id } } });

export const createSchedule = (api: ApiClient, body: ScheduleCreate) =>
  unwrap(api.POST('/api/jobs/schedules', { body }));

export const updateSchedule = (api: ApiClient, id: string, body: ScheduleUpdate) =>
  unwrap(api.PATCH('/api/jobs/schedules/{schedule_id}', { ...to(id), body }));

export const deleteSchedule = (api: ApiClient, id: string) =>
  unwrap(api.DELETE('/api/jobs/schedules/{schedule_id}', to(id)));

export const runSchedule = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/jobs/schedules/{schedule_id}/run', to(id)));
