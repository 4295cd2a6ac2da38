'use client';
import type { Role } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { Send } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { RoleSelect } from './role-select';
import { useInvitationActions } from './use-invitation-actions';

export function InviteForm() {
  const t = useTranslations('Members.invite');
  const sentence = useErrorSentence();
  const { invite } = useInvitationActions();
  const [isInvalid, setInvalid] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const refusal = invite.error instanceof ApiError ? invite.error.field('email') : undefined;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const email = textOf(data, 'email').trim();
    // Enough to catch a slip; the gateway checks it again.
    const isFine = /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
    setInvalid(!isFine);
    if (!isFine) return focusFirstFault(event.currentTarget, { email: true });
    invite.mutate({ email, role: textOf(data, 'role') as Role }, { onSuccess: () => form.current?.reset() });
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="grid gap-4">
      <div className="grid items-start gap-4 sm:grid-cols-[minmax(0,1fr)_11rem]">
        <TextField
          label={t('email')}
          name="email"
          type="email"
          inputMode="email"
          // Somebody else's address, not one's own.
          autoComplete="off"
          autoCapitalize="none"
          required
          maxLength={254}
          error={isInvalid ? t('emailInvalid') : refusal}
        />
        <RoleSelect label={t('role')} name="role" defaultValue="editor" />
      </div>
      {invite.isError && !refusal && <Alert>{sentence(invite.error)}</Alert>}
      <Button type="submit" className="justify-self-start" isBusy={invite.isPending}>
        {!invite.isPending && <Send aria-hidden />}
        {t('submit')}
      </Button>
    </form>
  );
}
