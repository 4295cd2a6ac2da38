'use client';
import type { DeliveryRead } from '@ultrarslanoglu/api-client';
import { deliveriesQuery, endpointKeys } from '@ultrarslanoglu/api-client/queries/webhooks';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Card } from '@/components/ui/card';
import { ListResults } from '@/components/ui/list-results';
import { SectionHeading } from '@/components/ui/section-heading';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { DeliveryRow } from './delivery-row';

/** Often enough to see a test arrive. */
const askEvery = 2_000;

/** What was sent to an endpoint, newest first; it follows those that are still on their way. */
export function DeliveryLog({ endpointId }: { endpointId: string }) {
  const t = useTranslations('Webhooks.deliveries');
  const client = useQueryClient();
  const log = useInfiniteQuery({
    ...deliveriesQuery(api, endpointId),
    refetchInterval: (query) => {
      const newest = query.state.data?.pages[0]?.items ?? [];
      return newest.some(isMoving) ? askEvery : false;
    },
  });
  const items = itemsOf(log.data);
  const settled = items.filter((item) => item.finished_at).length;
  useEffect(() => {
    // What the other side said last, and whether it fails, stands above the log.
    void client.invalidateQueries({ queryKey: endpointKeys.detail(endpointId) });
  }, [client, endpointId, settled]);

  return (
    <section aria-labelledby="deliveries" className="min-w-0">
      <SectionHeading id="deliveries">{t('title')}</SectionHeading>
      <ListResults
        list={log}
        items={items}
        loading={t('loading')}
        skeleton={<Skeleton className="h-32 rounded-card" />}
        empty={
          <Card>
            <p className="text-sm text-muted">{t('none')}</p>
          </Card>
        }
      >
        <Card className="overflow-hidden p-0 sm:p-0">
          <ul className="divide-y">
            {items.map((item) => (
              <DeliveryRow key={item.id} delivery={item} endpointId={endpointId} />
            ))}
          </ul>
        </Card>
      </ListResults>
    </section>
  );
}

/** One whose next attempt is hours away need not be asked for every other second. */
function isMoving({ state, next_attempt_at }: DeliveryRead): boolean {
  if (state !== 'pending') return false;
  return next_attempt_at === null || Date.parse(next_attempt_at) - Date.now() < 30_000;
}
