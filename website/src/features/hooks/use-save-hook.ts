'use client';
import type { HookCreate, HookRead, HookWithSecret } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { createHook, hookKeys, updateHook } from '@ultrarslanoglu/api-client/queries/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';

interface Then {
  onMade: (hook: HookWithSecret) => void;
  onSaved: () => void;
}

/** Makes a new hook, whose secret is handed over once, or changes the one that is there. */
export function useSaveHook(hook: HookRead | null, { onMade, onSaved }: Then) {
  const t = useTranslations('Hooks');
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: async (body: HookCreate) => {
      if (!hook) return onMade(await createHook(api, body));
      const { name } = await updateHook(api, hook.id, body);
      toast.success(t('saved', { name }));
      onSaved();
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: hookKeys.all }),
  });
  const fieldFault = (name: string) =>
    save.error instanceof ApiError
      ? (save.error.field(name) ?? save.error.field(`mapping.${name}`))
      : undefined;
  return { ...save, fieldFault };
}
