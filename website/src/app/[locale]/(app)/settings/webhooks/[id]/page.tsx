import { preferencesQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import { deliveriesQuery, endpointQuery } from '@ultrarslanoglu/api-client/queries/webhooks';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EndpointScreen } from '@/features/webhooks/endpoint-screen';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Webhooks');
  return { title: t('title') };
}

export default async function WebhookPage({ params }: PageProps<'/[locale]/settings/webhooks/[id]'>) {
  const { id } = await params;
  const me = await currentPerson();
  if (!me) return null;
  const may = me.permissions.includes('webhooks:write');
  return (
    <Prefetch
      load={(client, api) =>
        may
          ? [
              client.prefetchQuery(endpointQuery(api, id)),
              client.prefetchInfiniteQuery(deliveriesQuery(api, id)),
              client.prefetchQuery(preferencesQuery(api)),
            ]
          : []
      }
    >
      <EndpointScreen id={id} />
    </Prefetch>
  );
}
