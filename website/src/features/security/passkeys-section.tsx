'use client';
import { factorsQuery } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { useHasPasskeys } from '@/lib/use-has-passkeys';
import { AddPasskey } from './add-passkey';
import { EndOthersNotice } from './end-others-notice';
import { PasskeyRow } from './passkey-row';

export function PasskeysSection() {
  const t = useTranslations('Security.passkeys');
  const factors = useQuery(factorsQuery(api));
  const list = useFocusKeeper<HTMLUListElement>();
  const isSupported = useHasPasskeys();
  const [isAdding, setAdding] = useState(false);
  const [isChanged, setChanged] = useState(false);

  if (!factors.data) {
    return (
      <NotLoaded query={factors}>
        <Skeleton className="h-24" />
      </NotLoaded>
    );
  }
  const { passkeys } = factors.data;
  return (
    <div className="grid gap-5">
      {passkeys.length === 0 ? (
        <p className="leading-relaxed text-muted">{t('none')}</p>
      ) : (
        <ul ref={list} className="divide-y">
          {passkeys.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} onRemoved={() => setChanged(true)} />
          ))}
        </ul>
      )}
      {isSupported ? (
        <Button className="justify-self-start" onClick={() => setAdding(true)}>
          <KeyRound aria-hidden />
          {t('add')}
        </Button>
      ) : (
        <p className="text-sm text-muted">{t('unsupported')}</p>
      )}
      {isChanged && <EndOthersNotice onDone={() => setChanged(false)} />}
      <AddPasskey isOpen={isAdding} onClose={() => setAdding(false)} onAdded={() => setChanged(true)} />
    </div>
  );
}
