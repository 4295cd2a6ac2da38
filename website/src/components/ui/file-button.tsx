'use client';
import { useRef, type ComponentProps } from 'react';
import { Button } from './button';

interface Props extends Omit<ComponentProps<typeof Button>, 'onSelect' | 'onClick'> {
  accept: string;
  onSelect: (files: File[]) => void;
  /** Names the hidden input for assistive technology and tests. */
  inputLabel: string;
}

/** A button that opens the file chooser; a file input itself cannot be styled. */
export function FileButton({ accept, onSelect, inputLabel, ...props }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept={accept}
        aria-label={inputLabel}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          onSelect([...(event.target.files ?? [])]);
          // The same file may be chosen again, to go on with it.
          event.target.value = '';
        }}
      />
      <Button onClick={() => input.current?.click()} {...props} />
    </>
  );
}
