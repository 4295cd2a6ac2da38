'use client';
import type { MemberRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import type { FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { SelectField } from '@/components/ui/select-field';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useWorkspaceActions } from './use-workspace-actions';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  candidates: readonly MemberRead[];
}

/** Makes another member the owner; whoever gives it away stays as an admin. */
export function TransferWorkspace({ isOpen, onClose, candidates }: Props) {
  const t = useTranslations('Workspace.ending.transfer');
  const sentence = useErrorSentence();
  const { transfer } = useWorkspaceActions();

  function close() {
    transfer.reset();
    onClose();
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const id = textOf(new FormData(event.currentTarget), 'member');
    const name = candidates.find(({ user_id }) => user_id === id)?.name;
    if (name) transfer.mutate({ id, name }, { onSuccess: close });
  }

  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('title')}>
      <form onSubmit={submit} className="grid gap-5">
        <p className="leading-relaxed text-muted">{t('askText')}</p>
        <SelectField label={t('to')} name="member" data-first>
          {candidates.map(({ user_id, name, email }) => (
            <option key={user_id} value={user_id}>
              {name} ({email})
            </option>
          ))}
        </SelectField>
        {transfer.isError && <Alert>{sentence(transfer.error)}</Alert>}
        <Button type="submit" variant="danger" className="justify-self-end" isBusy={transfer.isPending}>
          {t('action')}
        </Button>
      </form>
    </Dialog>
  );
}
