'use client';
import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { jobQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { PageNotLoaded } from '@/components/shell/page-not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { JobData } from './job-data';
import { JobFacts } from './job-facts';
import { JobFamily } from './job-family';
import { JobGone } from './job-gone';
import { JobHeader } from './job-header';
import { isOpen } from './job-state';
import { JobStatus } from './job-status';
import { Timeline } from './timeline';

/** Everything about one job. */
export function JobScreen({ id }: { id: string }) {
  const query = useQuery({
    ...jobQuery(api, id),
    // Live events tell of one's own jobs; an operator also looks at those of others.
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? 5_000 : false),
  });
  const job = query.data;
  if (query.error instanceof NotFound) return <JobGone />;
  if (!job) {
    return (
      <PageNotLoaded query={query}>
        <Skeleton className="h-96 w-full" />
      </PageNotLoaded>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-6">
      <JobHeader job={job} />
      <JobStatus job={job} />
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 gap-6">
          <Timeline id={id} isOpen={isOpen(job)} />
          <JobData job={job} />
        </div>
        <div className="grid grid-cols-1 gap-6">
          <JobFamily job={job} />
          <JobFacts job={job} />
        </div>
      </div>
    </div>
  );
}
