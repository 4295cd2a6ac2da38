'use client';
import { MailCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';

interface Props {
  email: string;
  text: string;
  onBack: () => void;
}

/** What comes next stands in a mail. The same for every address: who has an account is nobody's business. */
export function LookIntoMail({ email, text, onBack }: Props) {
  const t = useTranslations('Auth.mail');
  return (
    <div className="grid gap-5">
      <div role="status" className="flex gap-4">
        <span className="grid size-12 shrink-0 place-items-center rounded-2xl bg-raised text-gold-ink">
          <MailCheck aria-hidden className="size-6" />
        </span>
        <div className="min-w-0">
          <p className="font-semibold">{t('title')}</p>
          <p className="mt-1 leading-relaxed break-words">
            {t.rich('sentTo', {
              email,
              b: (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>,
            })}{' '}
            {text}
          </p>
        </div>
      </div>
      <p className="text-sm leading-relaxed text-muted">{t('nothing')}</p>
      <Button variant="outline" onClick={onBack}>
        {t('back')}
      </Button>
    </div>
  );
}
