'use client';
import { myWorkspacesQuery, restoreWorkspace } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Moment } from '@/components/ui/moment';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useEnter } from './use-enter';

/** Deleted workspaces that can still be brought back; nothing while there are none. */
export function DeletedWorkspaces() {
  const t = useTranslations('Workspace.deleted');
  const sentence = useErrorSentence();
  const enter = useEnter();
  const deleted = useQuery(myWorkspacesQuery(api)).data?.items.filter((each) => each.removed_at) ?? [];
  const restore = useMutation({
    mutationFn: (id: string) => restoreWorkspace(api, id),
    onSuccess: enter,
    onError: (error) => void toast.error(sentence(error)),
  });
  return deleted.map(({ id, name, removed_at }) => (
    <Alert
      key={id}
      tone="warning"
      title={t('title', { name })}
      action={
        <Button
          size="sm"
          variant="outline"
          isBusy={(restore.isPending || restore.isSuccess) && restore.variables === id}
          onClick={() => restore.mutate(id)}
        >
          <Undo2 aria-hidden />
          {t('restore')}
        </Button>
      }
    >
      {t.rich('text', { time: () => <Moment value={removed_at ?? ''} /> })}
    </Alert>
  ));
}
