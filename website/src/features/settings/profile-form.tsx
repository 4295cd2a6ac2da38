'use client';
import type { UserRead } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useUpdateMe } from './use-update-me';

export function ProfileForm({ user }: { user: UserRead }) {
  const t = useTranslations('Settings.profile');
  const sentence = useErrorSentence();
  const update = useUpdateMe();
  const [isEmpty, setEmpty] = useState(false);
  const refusal = update.error instanceof ApiError ? update.error.field('name') : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = textOf(new FormData(event.currentTarget), 'name').trim();
    setEmpty(!name);
    if (name) update.mutate({ name }, { onSuccess: () => void toast.success(t('saved')) });
  }

  return (
    <form noValidate onSubmit={submit} className="grid max-w-md gap-5">
      <TextField
        label={t('name')}
        name="name"
        autoComplete="name"
        required
        maxLength={100}
        defaultValue={user.name}
        error={isEmpty ? t('nameEmpty') : refusal}
      />
      {update.isError && <Alert>{sentence(update.error)}</Alert>}
      <Button type="submit" className="justify-self-start" isBusy={update.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
