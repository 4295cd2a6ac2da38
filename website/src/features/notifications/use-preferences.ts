'use client';
import {
  notificationKeys,
  preferencesQuery,
  updatePreferences,
} from '@ultrarslanoglu/api-client/queries/notifications';
import type { PreferencesRead } from '@ultrarslanoglu/api-client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { toUpdate } from './preferences-update';

const mutationKey = [...notificationKeys.preferences, 'save'] as const;
const { queryKey } = preferencesQuery(api);

/** Each change shows at once and is saved by itself, one after the other; what the gateway refuses is read again and said. */
export function usePreferences() {
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const preferences = useQuery(preferencesQuery(api));
  const save = useMutation({
    mutationKey,
    // The whole is replaced, so an older save must not overtake a newer one.
    scope: { id: mutationKey.join() },
    mutationFn: (change: Partial<PreferencesRead>) => {
      const current = client.getQueryData(queryKey);
      if (!current) throw new Error('Preferences are changed after they were read.');
      return updatePreferences(api, toUpdate({ ...current, ...change }));
    },
    onMutate: (change) => {
      void client.cancelQueries({ queryKey });
      client.setQueryData(queryKey, (current) => current && { ...current, ...change });
    },
    onSuccess: (saved) => {
      // While another change waits for its turn, the page is ahead of the gateway.
      if (client.isMutating({ mutationKey }) === 1) client.setQueryData(queryKey, saved);
    },
    onError: (error) => {
      toast.error(sentence(error));
      void client.invalidateQueries({ queryKey });
    },
  });
  return { preferences, save };
}
