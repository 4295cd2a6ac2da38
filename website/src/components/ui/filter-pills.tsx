'use client';
import { cn } from '@/lib/cn';

interface Choice<Value extends string> {
  /** Undefined stands for no filter. */
  value: Value | undefined;
  name: string;
}

interface Props<Value extends string> {
  legend: string;
  choices: readonly Choice<Value>[];
  value: Value | undefined;
  onChange: (value: Value | undefined) => void;
}

/** A row of choices that filters a list; it scrolls sideways where it does not fit. */
export function FilterPills<Value extends string>({ legend, choices, value, onChange }: Props<Value>) {
  return (
    <fieldset className="-mx-4 flex min-w-0 gap-1.5 overflow-x-auto px-4 py-1 lg:mx-0 lg:px-1">
      <legend className="sr-only">{legend}</legend>
      {choices.map((choice) => {
        const isChosen = choice.value === value;
        return (
          <button
            key={choice.value ?? ''}
            type="button"
            aria-pressed={isChosen}
            onClick={() => onChange(choice.value)}
            className={cn(
              'h-9 shrink-0 rounded-full border px-3.5 text-sm font-medium transition-colors',
              isChosen
                ? 'border-transparent bg-accent text-accent-fg'
                : 'bg-surface text-muted hover:bg-raised hover:text-fg',
            )}
          >
            {choice.name}
          </button>
        );
      })}
    </fieldset>
  );
}
