'use client';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { Button } from './button';

interface Props {
  label: string;
  value: string;
}

/** A value that is taken elsewhere: to be selected, or copied by a button that says that it did. */
export function CopyField({ label, value }: Props) {
  const t = useTranslations('Common');
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), 3_000);
    } catch {
      // Browsers give the clipboard to secure origins only: what is selected can be copied by hand.
      input.current?.select();
    }
  }

  return (
    <div className="grid grid-cols-1 gap-2">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="flex gap-2">
        <input
          ref={input}
          id={id}
          readOnly
          value={value}
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
          className="h-11 min-w-0 flex-1 rounded-lg border border-input bg-raised px-3 font-mono text-sm text-ellipsis"
        />
        <Button variant="outline" aria-label={t('copyNamed', { name: label })} onClick={() => void copy()}>
          {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
          <span className="hidden sm:inline">{isCopied ? t('copied') : t('copy')}</span>
        </Button>
      </div>
      <span role="status" className="sr-only">
        {isCopied && t('copied')}
      </span>
    </div>
  );
}
