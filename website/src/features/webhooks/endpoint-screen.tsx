'use client';
import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { endpointQuery } from '@ultrarslanoglu/api-client/queries/webhooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';
import { BackLink } from '@/components/ui/back-link';
import { NotLoaded } from '@/components/ui/not-loaded';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useMay } from '@/lib/use-may';
import { DeliveryLog } from './delivery-log';
import { EndpointActions } from './endpoint-actions';
import { EndpointBadge } from './endpoint-badge';
import { EndpointGone } from './endpoint-gone';
import { EndpointsClosed } from './endpoints-closed';
import { statusOf } from './endpoint-state';
import { LastDelivery } from './last-delivery';
import { TypeIcon } from './type-icon';
import { useKindName } from './use-kinds';

export function EndpointScreen({ id }: { id: string }) {
  const may = useMay('webhooks:write');
  return may ? <Endpoint id={id} /> : <EndpointsClosed />;
}

function Endpoint({ id }: { id: string }) {
  const t = useTranslations('Webhooks');
  const kindName = useKindName();
  const endpoint = useQuery(endpointQuery(api, id));
  if (endpoint.error instanceof NotFound) return <EndpointGone />;
  if (!endpoint.data) {
    return (
      <NotLoaded query={endpoint}>
        <Skeleton className="h-40 rounded-card" />
      </NotLoaded>
    );
  }
  const { name, type, url, kinds, failing_since, disabled_reason } = endpoint.data;
  const status = statusOf(endpoint.data);
  return (
    <div className="grid grid-cols-1 gap-6">
      <BackLink href="/settings/webhooks">{t('back')}</BackLink>
      <header className="flex flex-wrap items-start gap-4">
        <TypeIcon type={type} />
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xl font-semibold break-words">
            {name} <EndpointBadge endpoint={endpoint.data} />
          </h2>
          <p className="mt-1 font-mono text-sm break-all text-muted">{url}</p>
          <p className="mt-1 text-sm leading-relaxed text-muted">
            {t(`types.${type}`)} · {kinds.length === 0 ? t('allKinds') : kinds.map(kindName).join(', ')} ·{' '}
            <LastDelivery endpoint={endpoint.data} />
          </p>
        </div>
      </header>
      {status === 'disabled' && (
        <Alert tone="warning" title={t('disabledTitle')}>
          {disabled_reason && t(`reasons.${disabled_reason}`)}
        </Alert>
      )}
      {status === 'failing' && (
        <Alert tone="warning" title={t('failingTitle')}>
          {t.rich('failingText', { time: () => <RelativeTime value={failing_since ?? ''} /> })}
        </Alert>
      )}
      <EndpointActions endpoint={endpoint.data} />
      <DeliveryLog endpointId={id} />
    </div>
  );
}
