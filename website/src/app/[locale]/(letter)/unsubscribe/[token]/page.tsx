import { subscriptionQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { UnsubscribePanel } from '@/features/notifications/unsubscribe-panel';
import { Prefetch } from '@/lib/prefetch';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Unsubscribe');
  // The address is a key: no search engine is to keep it, no other site is to hear of it.
  return { title: t('title'), robots: { index: false }, referrer: 'no-referrer' };
}

export default async function UnsubscribePage({ params }: PageProps<'/[locale]/unsubscribe/[token]'>) {
  const token = decodeURIComponent((await params).token);
  return (
    <Prefetch load={(client, api) => [client.prefetchQuery(subscriptionQuery(api, token))]}>
      <UnsubscribePanel token={token} />
    </Prefetch>
  );
}
