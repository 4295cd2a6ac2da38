'use client';
import { useTranslations } from 'next-intl';

/** What endpoints are for. */
export function EndpointsLead() {
  const t = useTranslations('Webhooks');
  return (
    <div className="min-w-0 flex-1 basis-72">
      <h2 className="text-lg font-semibold">{t('title')}</h2>
      <p className="mt-1 text-muted">{t('lead')}</p>
    </div>
  );
}
