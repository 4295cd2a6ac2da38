'use client';
import { useEffect, useRef, type ReactNode } from 'react';

interface Props {
  /** Read out; shown as well when it is given as children. */
  label: string;
  checked: boolean;
  /** Some of what it stands for are chosen, and some are not. */
  isMixed?: boolean;
  onChange: () => void;
  children?: ReactNode;
}

/** The browser's own box, with room around it for a finger. */
export function Checkbox({ label, checked, isMixed = false, onChange, children }: Props) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // There is no attribute for it.
    if (input.current) input.current.indeterminate = isMixed;
  }, [isMixed]);
  return (
    <label className="-m-2.5 inline-flex cursor-pointer items-center gap-3 p-2.5 text-sm">
      <input
        ref={input}
        type="checkbox"
        aria-label={children ? undefined : label}
        checked={checked}
        onChange={onChange}
        className="size-4.5 shrink-0 cursor-pointer accent-primary"
      />
      {children}
    </label>
  );
}
