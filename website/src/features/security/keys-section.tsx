'use client';
import { keysQuery } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { AddKey } from './add-key';
import { KeyRow } from './key-row';

export function KeysSection() {
  const t = useTranslations('Security.keys');
  const keys = useQuery(keysQuery(api));
  const list = useFocusKeeper<HTMLUListElement>();
  const [isAdding, setAdding] = useState(false);

  if (!keys.data) {
    return (
      <NotLoaded query={keys}>
        <Skeleton className="h-24" />
      </NotLoaded>
    );
  }
  const { items, grantable_scopes } = keys.data;
  return (
    <div className="grid gap-5">
      {items.length === 0 ? (
        <p className="leading-relaxed text-muted">{t('none')}</p>
      ) : (
        <ul ref={list} className="divide-y">
          {items.map((key) => (
            <KeyRow key={key.id} details={key} />
          ))}
        </ul>
      )}
      <Button className="justify-self-start" onClick={() => setAdding(true)}>
        <Plus aria-hidden />
        {t('add')}
      </Button>
      <AddKey isOpen={isAdding} onClose={() => setAdding(false)} scopes={grantable_scopes} />
    </div>
  );
}
