/** Requests of the noun "jobs": lists, one job and what happened to it, numbers of the queues, workers, and what can be done to a job. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApiClient, DeadLetterChoice, Hours, JobState, Priority, Queue, Trigger, View } from '../client';
import { unwrap } from '../errors';

export interface JobFilters {
  scope: View;
  state?: JobState[] | undefined;
  queue?: Queue | undefined;
  priority?: Priority | undefined;
  trigger?: Trigger | undefined;
  name?: string | undefined;
  q?: string | undefined;
}

export const jobKeys = {
  all: ['jobs'] as const,
  lists: ['jobs', 'list'] as const,
  list: (filters: JobFilters) => ['jobs', 'list', filters] as const,
  running: ['jobs', 'running'] as const,
  details: ['jobs', 'detail'] as const,
  detail: (id: string) => ['jobs', 'detail', id] as const,
  events: (id: string) => ['jobs', 'events', id] as const,
  numbers: ['jobs', 'numbers'] as const,
  summary: (scope: View) => ['jobs', 'numbers', 'summary', scope] as const,
  charts: (scope: View, hours: Hours) => ['jobs', 'charts', scope, hours] as const,
  workers: ['jobs', 'workers'] as const,
  offers: ['jobs', 'offers'] as const,
};

export const jobListQuery = (api: ApiClient, filters: JobFilters, limit = 25) =>
  infiniteQueryOptions({
    queryKey: jobKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/jobs', {
          params: { query: { ...filters, limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** What the workers are busy with, in the whole installation. */
export const runningJobsQuery = (api: ApiClient, limit = 100) =>
  queryOptions({
    queryKey: jobKeys.running,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/jobs', {
          params: { query: { scope: 'all', state: ['running'], limit } },
          signal,
        }),
      ),
  });

export const jobQuery = (api: ApiClient, job_id: string) =>
  queryOptions({
    queryKey: jobKeys.detail(job_id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/jobs/{job_id}', { params: { path: { job_id } }, signal })),
  });

export const jobEventsQuery = (api: ApiClient, job_id: string) =>
  queryOptions({
    queryKey: jobKeys.events(job_id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/jobs/{job_id}/events', { params: { path: { job_id } }, signal })),
  });

export const jobSummaryQuery = (api: ApiClient, scope: View) =>
  queryOptions({
    queryKey: jobKeys.summary(scope),
    queryFn: ({ signal }) => unwrap(api.GET('/api/jobs/summary', { params: { query: { scope } }, signal })),
  });

export const jobChartsQuery = (api: ApiClient, scope: View, hours: Hours) =>
  queryOptions({
    queryKey: jobKeys.charts(scope, hours),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/jobs/charts', { params: { query: { scope, hours } }, signal })),
  });

export const workersQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: jobKeys.workers,
    queryFn: ({ signal }) => unwrap(api.GET('/api/jobs/workers', { signal })),
  });

/** What a person may have started by a schedule or by a webhook. */
export const offersQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: jobKeys.offers,
    queryFn: ({ signal }) => unwrap(api.GET('/api/jobs/offers', { signal })),
    staleTime: Infinity,
  });

const to = (job_id: string) => ({ params: { path: { job_id } } });

export const cancelJob = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/jobs/{job_id}/cancel', to(id)));

export const pauseJob = (api: ApiClient, id: string) => unwrap(api.POST('/api/jobs/{job_id}/pause', to(id)));

export const resumeJob = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/jobs/{job_id}/resume', to(id)));

/** With `args` the job is put back with another input. */
export const retryJob = (api: ApiClient, id: string, args?: unknown[]) =>
  unwrap(api.POST('/api/jobs/{job_id}/retry', { ...to(id), body: args ? { args } : {} }));

export const dropJob = (api: ApiClient, id: string) => unwrap(api.POST('/api/jobs/{job_id}/drop', to(id)));

export const retryDeadLetters = (api: ApiClient, body: DeadLetterChoice) =>
  unwrap(api.POST('/api/jobs/dead-letters/retry', { body }));

export const dropDeadLetters = (api: ApiClient, body: DeadLetterChoice) =>
  unwrap(api.POST('/api/jobs/dead-letters/drop', { body }));
