'use client';
import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import { Alert } from '@/components/ui/alert';
import { outcomeFrom } from './outcomes';

/** Says how the way to GitHub and back ended; the address holds it. */
export function ReturnNotice() {
  const t = useTranslations('Connections.outcomes');
  const outcome = outcomeFrom(useSearchParams().get('github'));
  if (!outcome) return null;
  if (outcome === 'connected') {
    return (
      <p role="status" className="flex items-center gap-3 rounded-lg bg-raised px-4 py-3 text-sm">
        <CircleCheck aria-hidden className="size-5 shrink-0 text-success" />
        {t('connected')}
      </p>
    );
  }
  return <Alert tone={outcome === 'denied' ? 'warning' : 'danger'}>{t(outcome)}</Alert>;
}
