'use client';
import { forgotPassword } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { checkEmail, type FieldFault } from './check-fields';
import { LookIntoMail } from './look-into-mail';

export function ForgotForm() {
  const t = useTranslations('Auth');
  const sentence = useErrorSentence();
  const ask = useMutation({ mutationFn: (email: string) => forgotPassword(api, email) });
  const [fault, setFault] = useState<FieldFault | null>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = textOf(new FormData(event.currentTarget), 'email').trim();
    const found = checkEmail(email);
    setFault(found);
    if (found) return focusFirstFault(event.currentTarget, { email: found });
    ask.mutate(email);
  }

  if (ask.isSuccess) {
    return <LookIntoMail email={ask.variables} text={t('forgotPage.mailText')} onBack={ask.reset} />;
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
        error={fault ? t(`faults.${fault}`) : undefined}
      />
      {ask.isError && <Alert>{sentence(ask.error)}</Alert>}
      <Button type="submit" isBusy={ask.isPending}>
        {t('forgotPage.send')}
      </Button>
    </form>
  );
}
