'use client';
import type { View } from '@ultrarslanoglu/api-client';
import { dropDeadLetters, jobKeys, retryDeadLetters } from '@ultrarslanoglu/api-client/queries/jobs';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Which dead letters: those named, or all of a kind. */
export type Which = { ids: string[] } | { name: string };

export function useBulkActions(scope: View) {
  const t = useTranslations('Jobs.deadLetters');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const onError = (error: Error) => void toast.error(sentence(error));
  const onSettled = () => client.invalidateQueries({ queryKey: jobKeys.all });
  const retry = useMutation({
    mutationFn: (which: Which) => retryDeadLetters(api, { scope, ...which }),
    onSuccess: ({ changed }) => void toast.success(t('retried', { count: changed })),
    onError,
    onSettled,
  });
  const drop = useMutation({
    mutationFn: (which: Which) => dropDeadLetters(api, { scope, ...which }),
    onSuccess: ({ changed }) => void toast(t('dropped', { count: changed })),
    onError,
    onSettled,
  });
  return { retry, drop };
}
