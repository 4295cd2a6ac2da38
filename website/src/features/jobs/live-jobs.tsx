'use client';
import { jobKeys } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQueryClient, type Query, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLiveEvents } from '@/lib/live/live-provider';
import { applyJobChanged, type JobChange } from './apply-job-event';

/** Many jobs may change in one second; lists and numbers are read again once for all of them. */
const gatheringTime = 1_000;

/** Keeps everything that shows one's own jobs current. */
export function LiveJobs() {
  const client = useQueryClient();
  const [reader] = useState(() => createReader(client));
  useEffect(() => reader.stop, [reader]);
  useLiveEvents(
    {
      'job.changed': (data) => {
        const change = data as JobChange;
        if (applyJobChanged(client, change)) reader.readAgain(change.id);
      },
    },
    () => void client.invalidateQueries({ queryKey: jobKeys.all }),
  );
  return null;
}

function createReader(client: QueryClient) {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  function read() {
    timer = undefined;
    const keys = [
      ...[...changed].flatMap((id) => [jobKeys.detail(id), jobKeys.events(id)]),
      jobKeys.lists,
      jobKeys.numbers,
      jobKeys.running,
    ];
    changed.clear();
    // A reading under way goes on to its end: where news never stops, one that is begun anew for each would never end.
    for (const queryKey of keys)
      void client.invalidateQueries({ queryKey, predicate: hasData }, { cancelRefetch: false });
  }
  return {
    readAgain: (id: string) => {
      changed.add(id);
      timer ??= setTimeout(read, gatheringTime);
    },
    stop: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** What could not be read says so, and offers to try again; news of other jobs does not wipe that away. */
const hasData = ({ state }: Query) => state.data !== undefined;
