'use client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { deleteWorkspace } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useEnter } from './use-enter';

interface Props {
  isOpen: boolean;
  onClose: () => void;
}

/** Deletes the workspace after its name was typed. For a week an owner can bring it back. */
export function DeleteWorkspace({ isOpen, onClose }: Props) {
  const t = useTranslations('Workspace.ending.delete');
  const sentence = useErrorSentence();
  const enter = useEnter();
  const name = useQuery(meQuery(api)).data?.workspace.name ?? '';
  const [isWrong, setWrong] = useState(false);
  const remove = useMutation({ mutationFn: () => deleteWorkspace(api, name), onSuccess: enter });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const isRight = textOf(new FormData(event.currentTarget), 'name').trim() === name;
    setWrong(!isRight);
    if (!isRight) return focusFirstFault(event.currentTarget, { name: true });
    remove.mutate();
  }
  function close() {
    remove.reset();
    setWrong(false);
    onClose();
  }

  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('ask')}>
      <form noValidate onSubmit={submit} className="grid gap-5">
        <p className="leading-relaxed text-muted">{t('askText')}</p>
        <p className="leading-relaxed">
          {t.rich('typeIt', {
            name,
            b: (chunks: ReactNode) => <strong className="font-semibold break-words">{chunks}</strong>,
          })}
        </p>
        <TextField
          label={t('nameLabel')}
          name="name"
          data-first
          required
          autoComplete="off"
          spellCheck={false}
          error={isWrong ? t('nameWrong') : undefined}
        />
        {remove.isError && <Alert>{sentence(remove.error)}</Alert>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="ghost" onClick={close}>
            {t('keep')}
          </Button>
          <Button type="submit" variant="danger" isBusy={remove.isPending || remove.isSuccess}>
            {t('confirm')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
