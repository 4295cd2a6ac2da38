'use client';
import type { Me, Role } from '@ultrarslanoglu/api-client';
import { authKeys } from '@ultrarslanoglu/api-client/queries/auth';
import {
  changeRole,
  leaveWorkspace,
  removeMember,
  renameWorkspace,
  transferWorkspace,
  workspaceKeys,
} from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useEnter } from './use-enter';

/** What a person can do to the workspace and its members. Failures are said in a toast, in the gateway's own sentence; those of forms stand beside them. */
export function useWorkspaceActions() {
  const t = useTranslations('Members');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const enter = useEnter();
  const onError = (error: Error) => void toast.error(sentence(error));
  const readMembers = () => client.invalidateQueries({ queryKey: workspaceKeys.members });
  const readAll = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: workspaceKeys.all }),
      client.invalidateQueries({ queryKey: authKeys.me }),
    ]);

  const rename = useMutation({
    mutationFn: (name: string) => renameWorkspace(api, name),
    onSuccess: (workspace) => {
      client.setQueryData<Me>(authKeys.me, (me) => me && { ...me, workspace });
      void client.invalidateQueries({ queryKey: workspaceKeys.mine });
    },
  });
  const setRole = useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) => changeRole(api, id, role),
    onSuccess: async (member) => {
      await readMembers();
      toast.success(t('roleSet', { name: member.name, role: t(`roles.${member.role}`) }));
    },
    onError: (error) => {
      onError(error);
      void readMembers();
    },
  });
  const remove = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => removeMember(api, id),
    onSuccess: async (_, { name }) => {
      await readMembers();
      toast.success(t('removed', { name }));
    },
    onError,
  });
  const transfer = useMutation({
    mutationFn: ({ id }: { id: string; name: string }) => transferWorkspace(api, id),
    onSuccess: async (_, { name }) => {
      await readAll();
      toast.success(t('transferred', { name }));
    },
  });
  const leave = useMutation({ mutationFn: () => leaveWorkspace(api), onSuccess: enter, onError });
  return { rename, setRole, remove, transfer, leave };
}
