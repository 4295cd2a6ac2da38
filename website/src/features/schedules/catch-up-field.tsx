'use client';
import type { CatchUp } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useId } from 'react';

const choices: readonly CatchUp[] = ['once', 'skip', 'all'];

/** What happens to a time that passed while nothing was running. */
export function CatchUpField({ value, onChange }: { value: CatchUp; onChange: (value: CatchUp) => void }) {
  const t = useTranslations('Schedules.catchUp');
  const name = useId();
  return (
    <fieldset aria-describedby={`${name}-hint`}>
      <legend className="text-sm font-medium">{t('label')}</legend>
      <p id={`${name}-hint`} className="mt-1 text-sm text-muted">
        {t('hint')}
      </p>
      <div className="mt-2 grid gap-1">
        {choices.map((choice) => (
          <label key={choice} className="flex min-h-9 cursor-pointer items-center gap-3 text-sm">
            <input
              type="radio"
              name={name}
              value={choice}
              checked={choice === value}
              onChange={() => onChange(choice)}
              className="size-4 accent-primary"
            />
            {t(choice)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
