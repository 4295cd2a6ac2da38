'use client';
import { useId, type ComponentProps } from 'react';
import { cn } from '@/lib/cn';

interface Props extends ComponentProps<'textarea'> {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A field of several lines. */
export function TextArea({ label, hint, error, className, ...props }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={cn(
          'min-h-24 w-full rounded-lg border border-input bg-surface px-3 py-2.5 text-base leading-relaxed aria-invalid:border-danger',
          className,
        )}
        {...props}
      />
      {note && (
        <p id={`${id}-note`} className={cn('text-sm', error ? 'text-danger' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  );
}
