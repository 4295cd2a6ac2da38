'use client';
import { Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { GoneActions } from '@/components/shell/gone-actions';
import { EmptyState } from '@/components/ui/empty-state';

export function EndpointGone() {
  const t = useTranslations('Webhooks.gone');
  return (
    <EmptyState
      isPage
      icon={Unplug}
      title={t('title')}
      action={<GoneActions list="/settings/webhooks">{t('action')}</GoneActions>}
    >
      {t('text')}
    </EmptyState>
  );
}
