'use client';
import { offersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { hooksQuery } from '@ultrarslanoglu/api-client/queries/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus, Webhook } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ListResults } from '@/components/ui/list-results';
import { RoleNeeded } from '@/components/ui/role-needed';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useMay } from '@/lib/use-may';
import { HookDialog } from './hook-dialog';
import { HookRow } from './hook-row';

export function HookList() {
  const t = useTranslations('Hooks');
  const may = useMay('webhooks:write');
  const hooks = useInfiniteQuery({ ...hooksQuery(api), refetchInterval: 20_000 });
  const offers = useQuery(offersQuery(api)).data?.items ?? [];
  const [isMaking, setMaking] = useState(false);
  const items = itemsOf(hooks.data);
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <p className="max-w-prose flex-1 basis-80 text-muted">{t('lead')}</p>
        {may ? (
          <Button onClick={() => setMaking(true)}>
            <Plus aria-hidden />
            {t('create')}
          </Button>
        ) : (
          <RoleNeeded className="max-w-sm">{t('whyNot')}</RoleNeeded>
        )}
      </div>
      <section aria-label={t('heading')}>
        <ListResults
          list={hooks}
          items={items}
          loading={t('loading')}
          skeleton={<Skeleton className="h-64 rounded-card" />}
          empty={
            <EmptyState icon={Webhook} title={t('none.title')}>
              {may ? t('none.text') : t('none.readOnly')}
            </EmptyState>
          }
        >
          <Card className="p-0 sm:p-0">
            <ul className="divide-y">
              {items.map((hook) => (
                <li key={hook.id}>
                  <HookRow
                    hook={hook}
                    starts={offers.find(({ name }) => name === hook.offer)?.title ?? hook.offer}
                  />
                </li>
              ))}
            </ul>
          </Card>
        </ListResults>
      </section>
      <HookDialog hook={null} isOpen={isMaking} onClose={() => setMaking(false)} />
    </div>
  );
}
