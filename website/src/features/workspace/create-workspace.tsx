'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { createWorkspace, switchWorkspace } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
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

/** Makes a further workspace, and goes there. */
export function CreateWorkspace({ isOpen, onClose }: Props) {
  const t = useTranslations('Workspace.create');
  const sentence = useErrorSentence();
  const enter = useEnter();
  const [isEmpty, setEmpty] = useState(false);
  const create = useMutation({
    mutationFn: async (name: string) => switchWorkspace(api, (await createWorkspace(api, name)).id),
    onSuccess: enter,
  });
  const refusal = create.error instanceof ApiError ? create.error.field('name') : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = textOf(new FormData(event.currentTarget), 'name').trim();
    setEmpty(!name);
    if (!name) return focusFirstFault(event.currentTarget, { name: true });
    create.mutate(name);
  }
  function close() {
    create.reset();
    setEmpty(false);
    onClose();
  }

  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('title')}>
      <form noValidate onSubmit={submit} className="grid gap-5">
        <p className="leading-relaxed text-muted">{t('text')}</p>
        <TextField
          label={t('name')}
          name="name"
          data-first
          required
          maxLength={100}
          autoComplete="organization"
          hint={t('nameHint')}
          error={isEmpty ? t('nameEmpty') : refusal}
        />
        {create.isError && !refusal && <Alert>{sentence(create.error)}</Alert>}
        <Button type="submit" className="justify-self-end" isBusy={create.isPending || create.isSuccess}>
          {t('submit')}
        </Button>
      </form>
    </Dialog>
  );
}
