'use client';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { Field, type FieldTexts } from './field';

export interface TextFieldProps extends ComponentProps<'input'>, Omit<FieldTexts, 'isLabelHidden'> {
  /** Stands at the end inside the box, a show-password button for example. */
  trailing?: ReactNode;
}

export const TextField = ({ label, hint, error, trailing, className, ...props }: TextFieldProps) => (
  <Field label={label} hint={hint} error={error}>
    {(tie) => (
      <div className="relative">
        <input
          {...tie}
          className={cn(
            'h-11 w-full rounded-lg border border-input bg-surface px-3 text-base aria-invalid:border-danger',
            trailing && 'pr-12',
            className,
          )}
          {...props}
        />
        {trailing && <div className="absolute inset-y-0 right-0 flex items-center">{trailing}</div>}
      </div>
    )}
  </Field>
);
