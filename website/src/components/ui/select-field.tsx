'use client';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';
import { Field, type FieldTexts } from './field';

interface Props extends ComponentProps<'select'>, FieldTexts {}

/** The browser's own select: a phone shows its wheel, a keyboard finds by typing. */
export const SelectField = ({ label, hint, error, isLabelHidden = false, className, ...props }: Props) => (
  <Field label={label} hint={hint} error={error} isLabelHidden={isLabelHidden}>
    {(tie) => (
      <div className="relative">
        <select
          {...tie}
          className={cn(
            'h-11 w-full appearance-none rounded-lg border border-input bg-surface pr-10 pl-3 text-base text-ellipsis disabled:opacity-55 aria-invalid:border-danger',
            className,
          )}
          {...props}
        />
        <ChevronDown
          aria-hidden
          className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-muted"
        />
      </div>
    )}
  </Field>
);
