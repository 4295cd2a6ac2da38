'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '@/lib/cn';
import { strengthOf } from '@/lib/new-password';
import { PasswordField } from './password-field';
import type { TextFieldProps } from './text-field';

const colours = ['bg-danger', 'bg-danger', 'bg-warning', 'bg-success'];

/** Where a password is chosen: password managers offer one here, and a bar says how hard it is to guess. */
export function NewPasswordField(props: Omit<TextFieldProps, 'type' | 'trailing' | 'autoComplete'>) {
  const t = useTranslations('Common.passwordStrength');
  const [password, setPassword] = useState('');
  const strength = strengthOf(password);
  const word = t(`levels.${strength}`);
  return (
    <div className="grid gap-2.5">
      <PasswordField
        {...props}
        autoComplete="new-password"
        onChange={(event) => setPassword(event.target.value)}
      />
      {password && (
        <div className="flex items-center gap-3">
          <div
            role="meter"
            aria-label={t('label')}
            aria-valuemin={0}
            aria-valuemax={3}
            aria-valuenow={strength}
            aria-valuetext={word}
            className="flex flex-1 gap-1"
          >
            {[1, 2, 3].map((step) => (
              <span
                key={step}
                className={cn(
                  'h-1.5 flex-1 rounded-full transition-colors',
                  strength >= step ? colours[strength] : 'bg-raised',
                )}
              />
            ))}
          </div>
          <span aria-hidden className="min-w-16 text-right text-xs font-medium text-muted">
            {word}
          </span>
        </div>
      )}
    </div>
  );
}
