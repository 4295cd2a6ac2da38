'use client';
import { offersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { hooksQuery } from '@ultrarslanoglu/api-client/queries/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Plus, Webhook } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadMore } from '@/components/ui/load-more';
import { RoleNeeded } from '@/components/ui/role-needed';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useMay } from '@/lib/use-may';
import { HookDialog } from './hook-dialog';
import { HookRow } from './hook-row';

export function HookList() {
  const t = useTranslations('Hooks');
  const sentence = useErrorSentence();
  const may = useMay('webhooks:write');
  const hooks = useInfiniteQuery({ ...hooksQuery(api), refetchInterval: 20_000 });
  const offers = useQuery(offersQuery(api)).data?.items ?? [];
  const [isMaking, setMaking] = useState(false);
  const items = hooks.data?.pages.flatMap((page) => page.items) ?? [];
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
        {hooks.isPending && <Skeleton className="h-64 rounded-card" />}
        {hooks.isError && items.length === 0 && <Alert>{sentence(hooks.error)}</Alert>}
        {hooks.isSuccess && items.length === 0 && (
          <EmptyState icon={Webhook} title={t('none.title')}>
            {may ? t('none.text') : t('none.readOnly')}
          </EmptyState>
        )}
        {items.length > 0 && (
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
        )}
      </section>
      <LoadMore list={hooks} />
      <HookDialog hook={null} isOpen={isMaking} onClose={() => setMaking(false)} />
    </div>
  );
}
