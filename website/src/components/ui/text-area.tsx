'use client';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import { Field, type FieldTexts } from './field';

interface Props extends ComponentProps<'textarea'>, Omit<FieldTexts, 'isLabelHidden'> {}

/** A field of several lines. */
export const TextArea = ({ label, hint, error, className, ...props }: Props) => (
  <Field label={label} hint={hint} error={error}>
    {(tie) => (
      <textarea
        {...tie}
        className={cn(
          'min-h-24 w-full rounded-lg border border-input bg-surface px-3 py-2.5 text-base leading-relaxed aria-invalid:border-danger',
          className,
        )}
        {...props}
      />
    )}
  </Field>
);
