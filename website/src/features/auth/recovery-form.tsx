'use client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';

interface Props {
  isBusy: boolean;
  refusal: string | undefined;
  onCode: (code: string) => void;
}

export function RecoveryForm({ isBusy, refusal, onCode }: Props) {
  const t = useTranslations('Auth');
  const [isEmpty, setEmpty] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const code = textOf(new FormData(event.currentTarget), 'recovery_code').trim();
    setEmpty(!code);
    if (!code) return focusFirstFault(event.currentTarget, { recovery_code: true });
    onCode(code);
  }
  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      <TextField
        label={t('secondFactor.recovery.label')}
        name="recovery_code"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        autoFocus
        required
        hint={t('secondFactor.recovery.hint')}
        error={isEmpty ? t('faults.required') : undefined}
        className="font-mono"
      />
      {refusal && <Alert>{refusal}</Alert>}
      <Button type="submit" isBusy={isBusy}>
        {t('secondFactor.submit')}
      </Button>
    </form>
  );
}
