'use client';
import { endpointsQuery } from '@ultrarslanoglu/api-client/queries/webhooks';
import type { EndpointRead } from '@ultrarslanoglu/api-client';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Plus, Webhook } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Loading } from '@/components/ui/loading';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useMay } from '@/lib/use-may';
import { AddEndpoint } from './add-endpoint';
import { EndpointBadge } from './endpoint-badge';
import { EndpointsClosed } from './endpoints-closed';
import { EndpointsLead } from './endpoints-lead';
import { LastDelivery } from './last-delivery';
import { TypeIcon } from './type-icon';

/** Where the workspace's news go besides its people. */
export const EndpointList = () => (useMay('webhooks:write') ? <Endpoints /> : <EndpointsClosed />);

function Endpoints() {
  const t = useTranslations('Webhooks');
  const endpoints = useQuery(endpointsQuery(api));
  const [isAdding, setAdding] = useState(false);
  const items = endpoints.data?.items;
  const addButton = (
    <Button onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <EndpointsLead />
        {items && items.length > 0 && addButton}
      </div>
      {!items && (
        <NotLoaded query={endpoints}>
          <Loading label={t('loading')}>
            <Skeleton className="h-40 rounded-card" />
          </Loading>
        </NotLoaded>
      )}
      {items?.length === 0 && (
        <EmptyState icon={Webhook} title={t('none.title')} action={addButton}>
          {t('none.text')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <Card className="overflow-hidden p-0 sm:p-0">
          <ul aria-label={t('listHeading')} className="divide-y">
            {items.map((endpoint) => (
              <EndpointRow key={endpoint.id} endpoint={endpoint} />
            ))}
          </ul>
        </Card>
      )}
      <AddEndpoint
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        sandboxUrl={endpoints.data?.sandbox_url ?? null}
      />
    </div>
  );
}

function EndpointRow({ endpoint }: { endpoint: EndpointRead }) {
  const t = useTranslations('Webhooks');
  const { kinds } = endpoint;
  return (
    <li className="relative flex items-center gap-4 p-4 transition-colors hover:bg-raised/60 sm:px-5">
      <TypeIcon type={endpoint.type} />
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
          <Link
            href={`/settings/webhooks/${endpoint.id}`}
            className="min-w-0 break-words after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
          >
            {endpoint.name}
          </Link>
          <EndpointBadge endpoint={endpoint} />
        </p>
        <p className="mt-0.5 truncate font-mono text-sm text-muted">{endpoint.url}</p>
        <p className="mt-0.5 text-sm text-muted">
          {t(`types.${endpoint.type}`)} ·{' '}
          {kinds.length === 0 ? t('allKinds') : t('someKinds', { count: kinds.length })} ·{' '}
          <LastDelivery endpoint={endpoint} />
        </p>
      </div>
      <ChevronRight aria-hidden className="size-5 shrink-0 text-muted" />
    </li>
  );
}
