'use client';
import { ChevronDown } from 'lucide-react';
import { useId, type ComponentProps } from 'react';
import { cn } from '@/lib/cn';

interface Props extends ComponentProps<'select'> {
  label: string;
  hint?: string;
  error?: string | undefined;
  /** The label is read out only: what the choice is about is plain from its place. */
  isLabelHidden?: boolean;
}

/** The browser's own select: a phone shows its wheel, a keyboard finds by typing. */
export function SelectField({ label, hint, error, isLabelHidden, className, ...props }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid grid-cols-1 gap-2">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
      </label>
      <div className="relative">
        <select
          id={id}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
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
      {note && (
        <p id={`${id}-note`} className={cn('text-sm', error ? 'text-danger' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  );
}
