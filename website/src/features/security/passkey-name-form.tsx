'use client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { usePasskeySentence } from '@/lib/use-passkey-sentence';

interface Props {
  initial: string | undefined;
  hint?: string;
  submit: string;
  action: { isPending: boolean; error: unknown; mutate: (name: string) => void };
  /** Stands above the field. */
  children?: ReactNode;
}

/** Asks what a passkey shall be called. */
export function PasskeyNameForm({ initial, hint, submit, action, children }: Props) {
  const t = useTranslations('Security.passkeys');
  const sentence = usePasskeySentence();
  const [isNameless, setNameless] = useState(false);
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = textOf(new FormData(event.currentTarget), 'name').trim();
    setNameless(!name);
    if (!name) return focusFirstFault(event.currentTarget, { name: true });
    action.mutate(name);
  }
  return (
    <form noValidate onSubmit={onSubmit} className="grid gap-5">
      {children}
      <TextField
        label={t('name')}
        name="name"
        data-first
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={initial}
        hint={hint}
        error={isNameless ? t('nameEmpty') : undefined}
      />
      {action.error !== null && <Alert>{sentence(action.error)}</Alert>}
      <Button type="submit" className="justify-self-end" isBusy={action.isPending}>
        {submit}
      </Button>
    </form>
  );
}
