'use client';
import type { JobRead } from '@ultrarslanoglu/api-client';
import {
  cancelJob,
  dropJob,
  jobKeys,
  pauseJob,
  resumeJob,
  retryJob,
} from '@ultrarslanoglu/api-client/queries/jobs';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Long enough to notice and to reach, also by keyboard. */
const undoTime = 10_000;

/** What a person can do to a job. Where the way back is open (pause, resume) the toast offers it. */
export function useJobActions(id: string) {
  const t = useTranslations('Jobs.actions');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const readAgain = () => void client.invalidateQueries({ queryKey: jobKeys.all });
  const onError = (error: Error) => {
    toast.error(sentence(error));
    // Refused because the job has moved on meanwhile: the page shows where it is.
    readAgain();
  };
  const undo = (run: () => void) => ({ duration: undoTime, action: { label: t('undo'), onClick: run } });

  const onRetried = () => {
    toast.success(t('retried'));
    readAgain();
  };

  const cancel = useMutation({
    mutationFn: () => cancelJob(api, id),
    onSuccess: (job: JobRead) => {
      toast(job.state === 'running' ? t('cancelRequested') : t('cancelled'));
      readAgain();
    },
    onError,
  });
  const pause = useMutation({
    mutationFn: () => pauseJob(api, id),
    onSuccess: () => {
      toast(
        t('paused'),
        undo(() => resume.mutate()),
      );
      readAgain();
    },
    onError,
  });
  const resume = useMutation({
    mutationFn: () => resumeJob(api, id),
    onSuccess: () => {
      toast(
        t('resumed'),
        undo(() => pause.mutate()),
      );
      readAgain();
    },
    onError,
  });
  const retry = useMutation({
    mutationFn: () => retryJob(api, id),
    onSuccess: onRetried,
    onError,
  });
  /** Said in its dialog when it is refused. */
  const retryWith = useMutation({
    mutationFn: (args: unknown[]) => retryJob(api, id, args),
    onSuccess: onRetried,
    onError: readAgain,
  });
  const drop = useMutation({
    mutationFn: () => dropJob(api, id),
    onSuccess: () => {
      toast(t('dropped'));
      readAgain();
    },
    onError,
  });
  return { cancel, pause, resume, retry, retryWith, drop };
}
