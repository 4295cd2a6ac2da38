'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { resetPassword } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { NewPasswordField } from '@/components/ui/new-password-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { checkNewPassword, isBreachRefusal, type NewPasswordFault } from '@/lib/new-password';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { LetterDone, LetterInvalid } from './letter-states';

/** A new password by the link of a mail. It signs nobody in: second factors stay needed. */
export function ResetForm({ token }: { token: string }) {
  const t = useTranslations('Auth');
  const sentence = useErrorSentence();
  const element = useRef<HTMLFormElement>(null);
  const [fault, setFault] = useState<NewPasswordFault | null>(null);
  const reset = useMutation({
    mutationFn: (new_password: string) => resetPassword(api, { token, new_password }),
    onError: (error) => isBreachRefusal(error) && lead(),
  });
  const refusal = reset.error instanceof ApiError ? reset.error : null;
  const isBreached = isBreachRefusal(refusal);
  const lead = () => element.current && focusFirstFault(element.current, { new_password: true });

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const password = textOf(new FormData(event.currentTarget), 'new_password');
    const found = checkNewPassword(password);
    setFault(found);
    if (found) return lead();
    reset.mutate(password);
  }

  if (!token || refusal?.code === 'link_not_valid') {
    return (
      <LetterInvalid
        title={t('letter.reset.invalid.title')}
        text={t('letter.reset.invalid.text')}
        href="/forgot-password"
        action={t('letter.reset.invalid.action')}
      />
    );
  }
  if (reset.isSuccess) {
    return (
      <LetterDone
        title={t('letter.reset.done.title')}
        text={t('letter.reset.done.text')}
        href="/login"
        action={t('letter.reset.done.action')}
      />
    );
  }
  return (
    <form ref={element} noValidate method="post" className="grid gap-5" onSubmit={submit}>
      <NewPasswordField
        label={t('newPassword')}
        name="new_password"
        required
        hint={t('passwordHint')}
        error={fault ? t(`faults.${fault}`) : isBreached ? refusal?.message : refusal?.field('new_password')}
      />
      {reset.isError && !isBreached && <Alert>{sentence(reset.error)}</Alert>}
      <Button type="submit" isBusy={reset.isPending}>
        {t('letter.reset.action')}
      </Button>
    </form>
  );
}
