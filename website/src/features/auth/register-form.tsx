'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { checkEmail, checkNewPassword, checkRequired, faultsOf } from './check-fields';
import { useRegister } from './use-sign-in';

type Field = 'name' | 'email' | 'password';

export function RegisterForm({ next }: { next: string }) {
  const t = useTranslations('Auth');
  const locale = useLocale();
  const sentence = useErrorSentence();
  const register = useRegister(next);
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf<Field>>>({});
  const refusal = register.error instanceof ApiError ? register.error : null;
  const errorOf = (name: Field) => {
    const fault = faults[name];
    return fault ? t(`faults.${fault}`) : refusal?.field(name);
  };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = {
      name: textOf(form, 'name').trim(),
      email: textOf(form, 'email').trim(),
      password: textOf(form, 'password'),
    };
    const found = faultsOf({
      name: checkRequired(values.name) && 'name',
      email: checkEmail(values.email),
      password: checkNewPassword(values.password),
    });
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(event.currentTarget, found);
    register.mutate({ ...values, locale });
  }

  return (
    <form noValidate method="post" className="grid gap-5" onSubmit={submit}>
      <TextField label={t('name')} name="name" autoComplete="name" required error={errorOf('name')} />
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
        autoComplete="new-password"
        required
        hint={t('passwordHint')}
        error={errorOf('password')}
      />
      {register.isError && <Alert>{sentence(register.error)}</Alert>}
      <Button type="submit" isBusy={register.isPending || register.isSuccess}>
        {t('register')}
      </Button>
    </form>
  );
}
