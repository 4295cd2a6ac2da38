'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { confirmEmail, confirmVerification, undoEmail } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { LetterDone, LetterInvalid } from './letter-states';

const letters = {
  verifyEmail: { spend: confirmVerification, after: '/dashboard', instead: '/dashboard' },
  confirmEmail: { spend: confirmEmail, after: '/settings', instead: '/settings' },
  undoEmail: { spend: undoEmail, after: '/login', instead: '/forgot-password' },
};

interface Props {
  letter: keyof typeof letters;
  token: string;
}

/** Uses the link of a mail up, by a button: mail programs open links on their own, and must not. */
export function LetterPanel({ letter, token }: Props) {
  const t = useTranslations(`Auth.letter.${letter}`);
  const sentence = useErrorSentence();
  const { spend, after, instead } = letters[letter];
  const confirm = useMutation({ mutationFn: () => spend(api, token) });
  const isInvalid =
    !token ||
    (confirm.error instanceof ApiError && ['link_not_valid', 'invalid'].includes(confirm.error.code));

  if (isInvalid) {
    return (
      <LetterInvalid
        title={t('invalid.title')}
        text={t('invalid.text')}
        href={instead}
        action={t('invalid.action')}
      />
    );
  }
  if (confirm.isSuccess) {
    return (
      <LetterDone title={t('done.title')} text={t('done.text')} href={after} action={t('done.action')} />
    );
  }
  return (
    <div className="grid gap-5">
      <p className="leading-relaxed text-muted">{t('text')}</p>
      {confirm.isError && <Alert>{sentence(confirm.error)}</Alert>}
      <Button isBusy={confirm.isPending} onClick={() => confirm.mutate()}>
        {t('action')}
      </Button>
    </div>
  );
}
