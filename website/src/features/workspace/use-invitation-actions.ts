'use client';
import {
  invite as sendInvitation,
  resendInvitation,
  withdrawInvitation,
  workspaceKeys,
} from '@ultrarslanoglu/api-client/queries/workspaces';
import type { InvitationCreate, InvitationRead } from '@ultrarslanoglu/api-client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** What can be done with invitations. A refused new one is said beside its form. */
export function useInvitationActions() {
  const t = useTranslations('Members.invitations');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const readAgain = () => client.invalidateQueries({ queryKey: workspaceKeys.invitations });
  const onError = (error: Error) => {
    toast.error(sentence(error));
    // Accepted or withdrawn by somebody else meanwhile: the list shows how it stands.
    void readAgain();
  };

  const invite = useMutation({
    mutationFn: (body: InvitationCreate) => sendInvitation(api, body),
    onSuccess: async ({ email }) => {
      await readAgain();
      toast.success(t('sent', { email }));
    },
  });
  const resend = useMutation({
    mutationFn: ({ id }: InvitationRead) => resendInvitation(api, id),
    onSuccess: async ({ email }) => {
      await readAgain();
      toast.success(t('sent', { email }));
    },
    onError,
  });
  const withdraw = useMutation({
    mutationFn: ({ id }: InvitationRead) => withdrawInvitation(api, id),
    onSuccess: async () => {
      await readAgain();
      toast.success(t('withdrawn'));
    },
    onError,
  });
  return { invite, resend, withdraw };
}
