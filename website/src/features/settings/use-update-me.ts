'use client';
import type { UserUpdate } from '@ultrarslanoglu/api-client';
import { authKeys, updateMe } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api';

export function useUpdateMe() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: UserUpdate) => updateMe(api, change),
    onSuccess: (me) => client.setQueryData(authKeys.me, me),
  });
}
