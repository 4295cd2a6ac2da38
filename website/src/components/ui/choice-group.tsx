'use client';
import { useId } from 'react';

interface Choice<Value extends string> {
  value: Value;
  label: string;
  lang?: string;
}

interface Props<Value extends string> {
  legend: string;
  /** The legend is read out only: what the choice is about is plain from its place. */
  isLegendHidden?: boolean;
  choices: readonly Choice<Value>[];
  value: Value | undefined;
  onChange: (value: Value) => void;
}

/** Radio buttons that look like one switch; the browser brings the keyboard. */
export function ChoiceGroup<Value extends string>({
  legend,
  isLegendHidden,
  choices,
  value,
  onChange,
}: Props<Value>) {
  const name = useId();
  return (
    <fieldset className="min-w-0">
      <legend className={isLegendHidden ? 'sr-only' : 'mb-2 text-sm font-medium'}>{legend}</legend>
      <div className="inline-flex flex-wrap gap-1 rounded-xl border bg-raised p-1">
        {choices.map((choice) => (
          <label
            key={choice.value}
            lang={choice.lang}
            className="cursor-pointer rounded-lg px-4 py-2 text-sm font-medium text-muted transition-colors has-checked:bg-accent has-checked:text-accent-fg has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring"
          >
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={choice.value === value}
              onChange={() => onChange(choice.value)}
              className="sr-only"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
