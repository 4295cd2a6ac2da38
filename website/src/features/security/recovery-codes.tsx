'use client';
import { Check, Copy, Download, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';

interface Props {
  codes: string[];
  onDone: () => void;
}

/** Codes for the day on which the phone is gone, shown this once: to copy, to keep as a file, or on paper. */
export function RecoveryCodes({ codes, onDone }: Props) {
  const t = useTranslations('Security.recovery');
  const [isCopied, setCopied] = useState(false);
  const text = `${t('paperTitle')}\n\n${codes.join('\n')}\n\n${t('paperNote')}\n`;

  async function copy() {
    try {
      await navigator.clipboard.writeText(codes.join('\n'));
      setCopied(true);
      setTimeout(() => setCopied(false), 3_000);
    } catch {
      // Browsers give the clipboard to secure origins only; the file and the paper remain.
    }
  }
  function download() {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = t('fileName');
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  }

  return (
    <div className="grid gap-5">
      <Alert tone="warning">{t('once')}</Alert>
      <ul
        aria-label={t('label')}
        className="grid grid-cols-1 gap-x-6 gap-y-1.5 rounded-lg border bg-raised p-4 font-mono text-sm sm:text-[0.8125rem]"
      >
        {codes.map((code) => (
          <li key={code} className="select-all">
            {code}
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button variant="outline" size="sm" onClick={() => void copy()}>
          {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
          {t(isCopied ? 'copied' : 'copy')}
        </Button>
        <Button variant="outline" size="sm" onClick={download}>
          <Download aria-hidden />
          {t('download')}
        </Button>
        <Button variant="outline" size="sm" onClick={() => window.print()}>
          <Printer aria-hidden />
          {t('print')}
        </Button>
      </div>
      <span role="status" className="sr-only">
        {isCopied && t('copied')}
      </span>
      <Button className="justify-self-end" onClick={onDone}>
        {t('done')}
      </Button>
      {createPortal(
        <div data-paper className="hidden font-mono print:block">
          <p className="mb-6 text-xl font-semibold">{t('paperTitle')}</p>
          {codes.map((code) => (
            <p key={code} className="py-1">
              {code}
            </p>
          ))}
          <p className="mt-6">{t('paperNote')}</p>
        </div>,
        document.body,
      )}
    </div>
  );
}
