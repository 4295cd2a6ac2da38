'use client';
import type { PersonRead } from '@ultrarslanoglu/api-client';
import {
  disablePerson,
  enablePerson,
  endSessionsOf,
  operatorKeys,
  sendResetLetter,
} from '@ultrarslanoglu/api-client/queries/operators';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** What can be done to one person's account. Failures are said in a toast, in the gateway's own sentence; that of closing stands in its form. */
export function usePersonActions({ user_id: id, name, email }: PersonRead) {
  const t = useTranslations('People');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const onError = (error: Error) => void toast.error(sentence(error));
  const done = (text: string) => async () => {
    await client.invalidateQueries({ queryKey: operatorKeys.people });
    toast.success(text);
  };
  return {
    disable: useMutation({
      mutationFn: (reason: string) => disablePerson(api, id, reason),
      onSuccess: done(t('disable.done', { name })),
    }),
    enable: useMutation({
      mutationFn: () => enablePerson(api, id),
      onSuccess: done(t('enable.done', { name })),
      onError,
    }),
    endSessions: useMutation({
      mutationFn: () => endSessionsOf(api, id),
      onSuccess: done(t('endSessions.done', { name })),
      onError,
    }),
    letter: useMutation({
      mutationFn: () => sendResetLetter(api, id),
      onSuccess: done(t('letter.done', { email })),
      onError,
    }),
  };
}
