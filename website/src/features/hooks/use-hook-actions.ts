'use client';
import type { HookRead } from '@ultrarslanoglu/api-client';
import { deleteHook, hookKeys, rotateHook, updateHook } from '@ultrarslanoglu/api-client/queries/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Long enough to notice and to reach, also by keyboard. */
const undoTime = 10_000;

/** What a person can do to a hook that is there already. */
export function useHookActions({ id, name }: Pick<HookRead, 'id' | 'name'>) {
  const t = useTranslations('Hooks');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const onError = (error: Error) => void toast.error(sentence(error));
  const readAgain = () => void client.invalidateQueries({ queryKey: hookKeys.all });

  const setEnabled = useMutation({
    mutationFn: (is_enabled: boolean) => updateHook(api, id, { is_enabled }),
    onSuccess: (_, isEnabled) => {
      toast(isEnabled ? t('enabledToast', { name }) : t('disabledToast', { name }), {
        duration: undoTime,
        action: { label: t('undo'), onClick: () => setEnabled.mutate(!isEnabled) },
      });
      readAgain();
    },
    onError,
  });
  const rotate = useMutation({ mutationFn: () => rotateHook(api, id), onSuccess: readAgain, onError });
  const remove = useMutation({
    mutationFn: () => deleteHook(api, id),
    onSuccess: () => {
      toast(t('deleted', { name }));
      void client.invalidateQueries({ queryKey: hookKeys.list });
    },
    onError,
  });
  return { setEnabled, rotate, remove };
}
