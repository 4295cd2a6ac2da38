'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { checkEmail, checkRequired, faultsOf } from './check-fields';
import { useLogin } from './use-sign-in';

export function LoginForm({ next }: { next: string }) {
  const t = useTranslations('Auth');
  const sentence = useErrorSentence();
  const login = useLogin(next);
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf<'email' | 'password'>>>({});
  const refusal = login.error instanceof ApiError ? login.error : null;
  const errorOf = (name: 'email' | 'password') => {
    const fault = faults[name];
    return fault ? t(`faults.${fault}`) : refusal?.field(name);
  };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = { email: textOf(form, 'email').trim(), password: textOf(form, 'password') };
    const found = faultsOf({ email: checkEmail(values.email), password: checkRequired(values.password) });
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(event.currentTarget, found);
    login.mutate(values);
  }

  return (
    <form noValidate method="post" className="grid gap-5" onSubmit={submit}>
      <TextField
        label={t('email')}
        name="email"
        type="email"
        inputMode="email"
        autoComplete="username"
        autoCapitalize="none"
        required
        error={errorOf('email')}
      />
      <PasswordField
        label={t('password')}
        name="password"
        autoComplete="current-password"
        required
        error={errorOf('password')}
      />
      {login.isError && <Alert>{sentence(login.error)}</Alert>}
      <Button type="submit" isBusy={login.isPending || login.isSuccess}>
        {t('login')}
      </Button>
    </form>
  );
}
