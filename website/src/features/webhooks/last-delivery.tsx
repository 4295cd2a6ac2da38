'use client';
import type { EndpointRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';

/** What the other side said last, and when. */
export function LastDelivery({ endpoint }: { endpoint: EndpointRead }) {
  const t = useTranslations('Webhooks');
  const { last_delivery_at: at, last_status: status } = endpoint;
  if (!at) return t('noDelivery');
  return t.rich('lastDelivery', {
    outcome: status === null ? t('noAnswer') : t('deliveries.httpStatus', { status }),
    time: () => <RelativeTime value={at} />,
  });
}
