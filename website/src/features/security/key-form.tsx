'use client';
import type { Scope } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useTranslations } from 'next-intl';
import { useId, useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { checkKey, lifetimes, networksOf, usualLifetime, type KeyFaults, type KeyValues } from './key-values';

interface Props {
  /** What one may do oneself, and so give. */
  scopes: Scope[];
  error: Error | null;
  isBusy: boolean;
  onSubmit: (values: KeyValues) => void;
}

export function KeyForm({ scopes, error, isBusy, onSubmit }: Props) {
  const t = useTranslations('Security.keys');
  const sentence = useErrorSentence();
  const noteId = useId();
  const [faults, setFaults] = useState<KeyFaults>({});
  const refusal = error instanceof ApiError ? error : null;
  const isNetworkRefused = refusal?.errors.some(({ field }) => field.startsWith('ip_allow'));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const values: KeyValues = {
      name: textOf(data, 'name').trim(),
      scopes: data.getAll('scopes') as Scope[],
      expires_in_days: Number(textOf(data, 'expires_in_days')),
      ip_allow: networksOf(textOf(data, 'ip_allow')),
    };
    const found = checkKey(values);
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(event.currentTarget, found);
    onSubmit(values);
  }

  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      <TextField
        label={t('name')}
        name="name"
        data-first
        required
        maxLength={100}
        autoComplete="off"
        hint={t('nameHint')}
        error={faults.name ? t(faults.name) : refusal?.field('name')}
      />
      <fieldset aria-describedby={faults.scopes ? noteId : undefined} className="min-w-0">
        <legend className="mb-2 text-sm font-medium">{t('scopesLegend')}</legend>
        <div className="grid gap-1 rounded-lg border p-2">
          {scopes.map((scope) => (
            <label
              key={scope}
              className="flex cursor-pointer items-center gap-3 rounded-md px-2 py-2 text-sm hover:bg-raised"
            >
              <input
                type="checkbox"
                name="scopes"
                value={scope}
                className="size-4.5 shrink-0 cursor-pointer accent-primary"
              />
              <span className="min-w-0 flex-1">{t(`scopes.${scope}`)}</span>
              <code aria-hidden className="hidden text-xs text-muted sm:inline">
                {scope}
              </code>
            </label>
          ))}
        </div>
        {faults.scopes && (
          <p id={noteId} className="mt-2 text-sm text-danger">
            {t(faults.scopes)}
          </p>
        )}
      </fieldset>
      <SelectField label={t('lifetime')} name="expires_in_days" defaultValue={usualLifetime}>
        {lifetimes.map((days) => (
          <option key={days} value={days}>
            {t('days', { count: days })}
          </option>
        ))}
      </SelectField>
      <TextArea
        label={t('networks')}
        name="ip_allow"
        spellCheck={false}
        autoComplete="off"
        hint={t('networksHint')}
        error={isNetworkRefused ? t('networksFault') : undefined}
        className="min-h-16 font-mono text-sm"
      />
      {error && <Alert>{sentence(error)}</Alert>}
      <Button type="submit" className="justify-self-end" isBusy={isBusy}>
        {t('create')}
      </Button>
    </form>
  );
}
