'use client';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '@/lib/cn';
import { Button } from './button';

interface Props {
  /** What it is, for those who do not see it. */
  label: string;
  code: string;
  /** Long lines go on in the next one instead of scrolling. */
  isWrapped?: boolean;
}

/** Text of a machine: to be read, selected, and copied as a whole. */
export function CodeBlock({ label, code, isWrapped }: Props) {
  const t = useTranslations('Common');
  const [isCopied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(code);
      setCopied(true);
      setTimeout(() => setCopied(false), 3_000);
    } catch {
      // Browsers give the clipboard to secure origins only; the text can still be selected by hand.
    }
  }

  return (
    <div className="relative">
      <pre
        tabIndex={0}
        role="group"
        aria-label={label}
        className={cn(
          'max-h-[32rem] overflow-auto rounded-lg border bg-raised p-4 pr-14 font-mono text-[0.8125rem] leading-relaxed',
          isWrapped && 'break-words whitespace-pre-wrap',
        )}
      >
        {code}
      </pre>
      <Button
        variant="outline"
        size="icon"
        className="absolute top-2 right-2 size-9"
        aria-label={t('copyNamed', { name: label })}
        title={t('copy')}
        onClick={() => void copy()}
      >
        {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
      </Button>
      <span role="status" className="sr-only">
        {isCopied && t('copied')}
      </span>
    </div>
  );
}
