import { preferencesQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import { endpointsQuery } from '@ultrarslanoglu/api-client/queries/webhooks';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EndpointList } from '@/features/webhooks/endpoint-list';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Webhooks');
  return { title: t('title') };
}

export default async function WebhooksPage() {
  const me = await currentPerson();
  if (!me) return null;
  const may = me.permissions.includes('webhooks:write');
  return (
    <Prefetch
      load={(client, api) =>
        may ? [client.prefetchQuery(endpointsQuery(api)), client.prefetchQuery(preferencesQuery(api))] : []
      }
    >
      <EndpointList />
    </Prefetch>
  );
}
