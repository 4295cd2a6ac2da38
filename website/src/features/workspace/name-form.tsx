'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { WhyNot } from '@/components/ui/why-not';
import { api } from '@/lib/api';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useMay } from '@/lib/use-may';
import { useWorkspaceActions } from './use-workspace-actions';

export function WorkspaceNameForm() {
  const t = useTranslations('Workspace.name');
  const sentence = useErrorSentence();
  const may = useMay('workspace:write');
  const name = useQuery(meQuery(api)).data?.workspace.name ?? '';
  const { rename } = useWorkspaceActions();
  const [isEmpty, setEmpty] = useState(false);
  const refusal = rename.error instanceof ApiError ? rename.error.field('name') : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const wanted = textOf(new FormData(event.currentTarget), 'name').trim();
    setEmpty(!wanted);
    if (wanted) rename.mutate(wanted, { onSuccess: () => void toast.success(t('saved')) });
  }

  if (!may) {
    return (
      <div className="grid gap-3">
        <p className="font-medium break-words">{name}</p>
        <WhyNot>{t('whyNot')}</WhyNot>
      </div>
    );
  }
  return (
    <form noValidate onSubmit={submit} className="grid max-w-md gap-5">
      <TextField
        // The field takes up a name that somebody else has given meanwhile.
        key={name}
        label={t('label')}
        name="name"
        autoComplete="organization"
        required
        maxLength={100}
        defaultValue={name}
        error={isEmpty ? t('empty') : refusal}
      />
      {rename.isError && !refusal && <Alert>{sentence(rename.error)}</Alert>}
      <Button type="submit" className="justify-self-start" isBusy={rename.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
