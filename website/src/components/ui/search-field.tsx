'use client';
import { Search } from 'lucide-react';
import { useEffect, useRef } from 'react';

/** Long enough not to ask for every letter. */
const typingPause = 300;

interface Props {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

export function SearchField({ label, value, onChange }: Props) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The address may change by itself: Back, or "clear filters".
    if (input.current && document.activeElement !== input.current) input.current.value = value ?? '';
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <div className="relative">
      <Search aria-hidden className="absolute top-3.5 left-3.5 size-4 text-muted" />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        defaultValue={value}
        onChange={(event) => {
          clearTimeout(timer.current);
          const text = event.target.value.trim() || undefined;
          timer.current = setTimeout(() => onChange(text), typingPause);
        }}
        className="h-11 w-full rounded-lg border border-input bg-surface pr-3 pl-10"
      />
    </div>
  );
}
