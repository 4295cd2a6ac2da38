'use client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api';

/** Shown in place of a page when the server did not accept the access cookie although a refresh cookie is there: asks once more from the browser, which renews the session. */
export function SessionRecovery() {
  const t = useTranslations('Session');
  const me = useQuery({ ...meQuery(api), retry: false });
  useEffect(() => {
    if (me.data) window.location.reload();
  }, [me.data]);
  // "Not signed in" leads to the login page by the shared error handler; anything else can be tried again here.
  return (
    <main
      id="main"
      className="grid min-h-dvh place-content-center justify-items-center gap-4 p-6 text-center"
    >
      {me.isError ? (
        <>
          <p role="alert">{t('failed')}</p>
          <Button onClick={() => void me.refetch()}>{t('again')}</Button>
        </>
      ) : (
        <p role="status" className="flex items-center gap-3 text-muted">
          <LoaderCircle aria-hidden className="size-5 animate-spin" />
          {t('renewing')}
        </p>
      )}
    </main>
  );
}
