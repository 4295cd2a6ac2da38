'use client';
import { authKeys } from '@ultrarslanoglu/api-client/queries/auth';
import { securityKeys } from '@ultrarslanoglu/api-client/queries/security';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { toast } from 'sonner';
import { usePasskeySentence } from '@/lib/use-passkey-sentence';

interface Action<Input, Output> {
  run: (input: Input) => Promise<Output>;
  /** What it changes in the lists of this page. */
  touches: ('factors' | 'identities' | 'keys' | 'sessions')[];
  onSuccess?: (output: Output, input: Input) => void;
  /** The failure is said in place, beside a form, instead of in a toast. */
  isSaidInPlace?: boolean;
}

const keysOf = { ...securityKeys, sessions: authKeys.sessions };

export function useSecurityAction<Output, Input = void>(action: Action<Input, Output>) {
  const client = useQueryClient();
  const sentence = usePasskeySentence();
  return useMutation({
    mutationFn: action.run,
    onSuccess: (output, input) => {
      for (const noun of action.touches) void client.invalidateQueries({ queryKey: keysOf[noun] });
      // A workspace that demands a second factor opens, or closes, with it.
      if (action.touches.includes('factors')) void client.invalidateQueries({ queryKey: authKeys.me });
      action.onSuccess?.(output, input);
    },
    onError: (error) => {
      if (!action.isSaidInPlace) toast.error(sentence(error));
    },
  });
}
