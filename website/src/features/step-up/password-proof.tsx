'use client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';

interface Props {
  isBusy: boolean;
  refusal: string | undefined;
  onPassword: (password: string) => void;
}

export function PasswordProof({ isBusy, refusal, onPassword }: Props) {
  const t = useTranslations('StepUp');
  const email = useQuery(meQuery(api)).data?.user.email;
  const [isEmpty, setEmpty] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = textOf(new FormData(event.currentTarget), 'password');
    setEmpty(!password);
    if (!password) return focusFirstFault(event.currentTarget, { password: true });
    onPassword(password);
  }
  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      {/* Password managers look for whose password it is. */}
      <input type="text" name="email" autoComplete="username" value={email ?? ''} readOnly hidden />
      <PasswordField
        label={t('password')}
        name="password"
        data-first
        autoComplete="current-password"
        autoFocus
        required
        error={isEmpty ? t('passwordEmpty') : undefined}
      />
      {refusal && <Alert>{refusal}</Alert>}
      <Button type="submit" isBusy={isBusy}>
        {t('submit')}
      </Button>
    </form>
  );
}
