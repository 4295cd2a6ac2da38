'use client';
import { Unplug } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/i18n/navigation';

export function EndpointGone() {
  const t = useTranslations('Webhooks.gone');
  return (
    <EmptyState
      isPage
      icon={Unplug}
      title={t('title')}
      action={
        <Button asChild variant="outline">
          <Link href="/settings/webhooks">{t('action')}</Link>
        </Button>
      }
    >
      {t('text')}
    </EmptyState>
  );
}
