/** Writes what a live event says into the cache, so that every place that shows the job changes at once. */
import type { JobDetail, JobPage, JobRead, JobState } from '@ultrarslanoglu/api-client';
import { jobKeys } from '@ultrarslanoglu/api-client/queries/jobs';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';

export interface JobChange {
  id: string;
  name: string;
  state: JobState;
  progress: number | null;
  seq: number;
}

type Pages = InfiniteData<JobPage, string | null>;

/** The newest event of each job: events may overtake each other. */
const newest = new WeakMap<QueryClient, Map<string, number>>();

/** Returns whether more than the progress changed, so that lists, numbers and the time line have to be read again. Only news of progress carries a progress. */
export function applyJobChanged(client: QueryClient, change: JobChange): boolean {
  const seen = newest.get(client) ?? new Map<string, number>();
  newest.set(client, seen);
  if (change.seq < (seen.get(change.id) ?? 0)) return false;
  seen.set(change.id, change.seq);

  let isKnown = false;
  let isNewState = false;
  const patch = <Job extends JobRead>(job: Job): Job => {
    if (job.id !== change.id) return job;
    isKnown = true;
    isNewState ||= job.state !== change.state;
    return { ...job, state: change.state, progress: change.progress ?? job.progress };
  };
  client.setQueriesData<Pages>(
    { queryKey: jobKeys.lists },
    (data) =>
      data && { ...data, pages: data.pages.map((page) => ({ ...page, items: page.items.map(patch) })) },
  );
  client.setQueryData<JobPage>(jobKeys.running, (page) => page && { ...page, items: page.items.map(patch) });
  client.setQueryData<JobDetail>(jobKeys.detail(change.id), (job) => job && patch(job));
  return isNewState || !isKnown || change.progress === null;
}
