'use client';
import { jobQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import type { TestStarted } from '@ultrarslanoglu/api-client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/lib/api';
import { useLiveEvents } from '@/lib/live/live-provider';
import { outcomeOf, type TestOutcome } from './test-outcome';

const askEvery = 1_000;
/** A test that takes longer than this is left to the jobs page. */
const patience = 20_000;

/** Sends a test and follows its delivery to the end: "sent" alone would say nothing. */
export function useTestOutcome(send: () => Promise<TestStarted>) {
  const [hasArrived, setArrived] = useState(false);
  const [isLate, setLate] = useState(false);
  const test = useMutation({
    mutationFn: send,
    onMutate: () => {
      setArrived(false);
      setLate(false);
      return { timer: setTimeout(() => setLate(true), patience) };
    },
    onError: (_error, _nothing, begun) => clearTimeout(begun?.timer),
  });
  const jobId = test.data?.job_id ?? null;
  const job = useQuery({
    ...jobQuery(api, jobId ?? ''),
    enabled: jobId !== null && !isLate,
    staleTime: 0,
    refetchInterval: (query) => (isOver(query.state.data?.state) ? false : askEvery),
  });
  // A notification in the app has no delivery: that it is here is the proof.
  useLiveEvents(
    {
      'notification.created': (data) => {
        if ((data as { kind: string }).kind === 'test') setArrived(true);
      },
    },
    () => undefined,
  );
  const outcome: TestOutcome = outcomeOf({
    isSending: test.isPending,
    isStarted: test.isSuccess,
    jobId,
    jobState: job.data?.state ?? null,
    hasArrived,
    isLate,
  });
  return { run: () => test.mutate(), outcome, jobId, error: test.error, reason: job.data?.error ?? null };
}

const isOver = (state: string | undefined) =>
  state !== undefined && ['done', 'failed', 'dead', 'cancelled'].includes(state);
