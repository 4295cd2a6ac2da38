'use client';
import { RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';

export interface ErrorProps {
  error: Error & { digest?: string };
  /** Asks the server again; resetting alone would show what failed once more. */
  retry: () => void;
}

export function ErrorPage({ error, retry }: ErrorProps) {
  const t = useTranslations('ErrorPage');
  useEffect(() => console.error(error), [error]);
  return (
    <main
      id="main"
      className="grid min-h-[70dvh] place-content-center justify-items-center gap-3 p-6 text-center"
    >
      <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
      <p className="max-w-md text-muted">{t('text')}</p>
      {error.digest && <p className="text-xs text-muted">{t('number', { digest: error.digest })}</p>}
      <Button className="mt-3" onClick={retry}>
        <RotateCw aria-hidden />
        {t('again')}
      </Button>
    </main>
  );
}
