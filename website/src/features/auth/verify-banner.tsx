'use client';
import { meQuery, sendVerification } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation, useQuery } from '@tanstack/react-query';
import { MailWarning } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Stays until the address is shown to be theirs: what they forget or are told goes there. */
export function VerifyBanner() {
  const t = useTranslations('Auth.banner');
  const sentence = useErrorSentence();
  const user = useQuery(meQuery(api)).data?.user;
  const send = useMutation({
    mutationFn: () => sendVerification(api),
    onError: (error) => void toast.error(sentence(error)),
  });
  if (!user || user.is_email_verified) return null;
  return (
    <section
      aria-label={t('label')}
      className="flex flex-wrap items-center justify-center gap-x-4 gap-y-1 border-b bg-raised px-4 py-2 text-sm"
    >
      <p className="flex min-w-0 items-center gap-2.5">
        <MailWarning aria-hidden className="size-4 shrink-0 text-warning" />
        <span className="min-w-0 break-words">{t('text', { email: user.email })}</span>
      </p>
      {send.isSuccess ? (
        <p role="status" className="py-2 font-medium text-success">
          {t('sent')}
        </p>
      ) : (
        <Button variant="ghost" size="sm" isBusy={send.isPending} onClick={() => send.mutate()}>
          {t('again')}
        </Button>
      )}
    </section>
  );
}
