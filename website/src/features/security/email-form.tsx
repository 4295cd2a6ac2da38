'use client';
import type { UserRead } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { changeEmail } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { BadgeCheck, MailWarning } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useSecurityAction } from './use-security-action';

/** A new address counts once its mail was read; until then, and for undoing it, the old one does. */
export function EmailForm({ user: initial }: { user: UserRead }) {
  const t = useTranslations('Security.email');
  const sentence = useErrorSentence();
  const user = useQuery(meQuery(api)).data?.user ?? initial;
  const [fault, setFault] = useState<'invalid' | 'same' | null>(null);
  const [round, setRound] = useState(0);
  const change = useSecurityAction({
    run: (email: string) => changeEmail(api, email),
    touches: [],
    isSaidInPlace: true,
    onSuccess: () => setRound((last) => last + 1),
  });
  const refusal = change.error instanceof ApiError ? change.error : null;
  const Icon = user.is_email_verified ? BadgeCheck : MailWarning;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const email = textOf(new FormData(event.currentTarget), 'new_email').trim();
    const found = !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)
      ? 'invalid'
      : email.toLowerCase() === user.email.toLowerCase()
        ? 'same'
        : null;
    setFault(found);
    if (found) return focusFirstFault(event.currentTarget, { new_email: found });
    change.mutate(email);
  }

  return (
    <form key={round} noValidate onSubmit={submit} className="grid max-w-md gap-5">
      <div>
        <p className="text-sm font-medium">{t('current')}</p>
        <p className="mt-1 break-words">{user.email}</p>
        <p className="mt-1 flex items-center gap-2 text-sm text-muted">
          <Icon
            aria-hidden
            className={user.is_email_verified ? 'size-4 text-success' : 'size-4 text-warning'}
          />
          {t(user.is_email_verified ? 'verified' : 'unverified')}
        </p>
      </div>
      <TextField
        label={t('next')}
        name="new_email"
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        required
        hint={t('hint')}
        error={fault ? t(fault) : refusal?.field('new_email')}
      />
      {change.isError && <Alert>{sentence(change.error)}</Alert>}
      {change.isSuccess && (
        <p role="status" className="rounded-lg bg-raised px-4 py-3 text-sm leading-relaxed break-words">
          {t('sent', { email: change.variables })}
        </p>
      )}
      <Button type="submit" className="justify-self-start" isBusy={change.isPending}>
        {t('save')}
      </Button>
    </form>
  );
}
