'use client';
import { useId, type ReactNode } from 'react';
import { cn } from '@/lib/cn';

export interface FieldTexts {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  /** The label is read out only: what is asked for is plain from its place. */
  isLabelHidden?: boolean;
}

interface Tie {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

interface Props extends FieldTexts {
  /** Draws the control; what it is given ties it to its label and note. */
  children: (tie: Tie) => ReactNode;
}

/** A control with its label above and, below, what is wrong with it or else what helps to fill it in. */
export function Field({ label, hint, error, isLabelHidden, children }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid grid-cols-1 gap-2">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={cn('text-sm', error ? 'text-danger' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  );
}
