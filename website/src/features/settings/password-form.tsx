'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { authKeys, changePassword } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';

type Faults = Partial<Record<'current_password' | 'new_password', string>>;

export function PasswordForm() {
  const t = useTranslations('Settings.password');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const [faults, setFaults] = useState<Faults>({});
  const change = useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) => changePassword(api, body),
    onSuccess: () => {
      toast.success(t('changed'));
      void client.invalidateQueries({ queryKey: authKeys.sessions });
    },
  });
  const refusal = change.error instanceof ApiError ? change.error : null;
  const errorOf = (name: keyof Faults) => faults[name] ?? refusal?.field(name);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const body = {
      current_password: textOf(data, 'current_password'),
      new_password: textOf(data, 'new_password'),
    };
    const length = [...body.new_password].length;
    const found: Faults = {
      ...(body.current_password ? {} : { current_password: t('currentEmpty') }),
      ...(length < 8 ? { new_password: t('short') } : length > 128 ? { new_password: t('long') } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(form, found);
    change.mutate(body, { onSuccess: () => form.reset() });
  }

  return (
    <form noValidate onSubmit={submit} className="grid max-w-md gap-5">
      <PasswordField
        label={t('current')}
        name="current_password"
        autoComplete="current-password"
        required
        error={errorOf('current_password')}
      />
      <PasswordField
        label={t('next')}
        name="new_password"
        autoComplete="new-password"
        required
        hint={t('hint')}
        error={errorOf('new_password')}
      />
      {change.isError && <Alert>{sentence(change.error)}</Alert>}
      <Button type="submit" className="justify-self-start" isBusy={change.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
