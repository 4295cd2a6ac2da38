'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { textOf } from '@/lib/form-text';
import { Alert } from './alert';
import { Button } from './button';
import { TextField } from './text-field';

interface Props {
  hint: string;
  submit: string;
  isBusy: boolean;
  /** What was said to the last code. */
  refusal: string | undefined;
  onCode: (code: string) => void;
}

const plainOf = (typed: string) => typed.replaceAll(/\s/g, '');

/** Six digits of an authenticator app: sent by themselves once they are all there. */
export function CodeForm({ hint, submit, isBusy, refusal, onCode }: Props) {
  const t = useTranslations('Common.code');
  const [isFaulty, setFaulty] = useState(false);
  const sent = useRef('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The next code is typed over the one that was refused.
    if (refusal) input.current?.select();
  }, [refusal]);

  function send(form: HTMLFormElement, isTyping: boolean) {
    const code = plainOf(textOf(new FormData(form), 'code'));
    const isWhole = /^[0-9]{6}$/.test(code);
    if (!isTyping) setFaulty(!isWhole);
    // What was refused is not sent again by itself, only by the button.
    if (!isWhole || (isTyping && code === sent.current)) return;
    setFaulty(false);
    sent.current = code;
    onCode(code);
  }
  return (
    <form
      noValidate
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault();
        send(event.currentTarget, false);
      }}
      className="grid gap-5"
    >
      <TextField
        ref={input}
        label={t('label')}
        name="code"
        data-first
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        autoFocus
        required
        hint={hint}
        error={isFaulty ? t('fault') : undefined}
        onChange={(event) => event.target.form && !isBusy && send(event.target.form, true)}
        className="font-mono text-xl tracking-[0.3em]"
      />
      {refusal && <Alert>{refusal}</Alert>}
      <Button type="submit" isBusy={isBusy}>
        {submit}
      </Button>
    </form>
  );
}
