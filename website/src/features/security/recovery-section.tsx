'use client';
import {
  factorsQuery,
  hasSecondFactor,
  makeRecoveryCodes,
} from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { LifeBuoy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { RecoveryCodes } from './recovery-codes';
import { useSecurityAction } from './use-security-action';

/** From here on it is worth making new ones. */
const few = 3;

export function RecoverySection() {
  const t = useTranslations('Security.recovery');
  const factors = useQuery(factorsQuery(api));
  const [isAsking, setAsking] = useState(false);
  const make = useSecurityAction({
    run: () => makeRecoveryCodes(api),
    touches: ['factors'],
    isSaidInPlace: true,
    onSuccess: () => setAsking(false),
  });

  function keep() {
    setAsking(false);
    // What is still under way must show its codes when they come.
    if (make.isError) make.reset();
  }
  if (!factors.data) {
    return (
      <NotLoaded query={factors}>
        <Skeleton className="h-20" />
      </NotLoaded>
    );
  }
  const left = factors.data.recovery_codes_left;
  if (!hasSecondFactor(factors.data)) return <p className="leading-relaxed text-muted">{t('notYet')}</p>;
  return (
    <div className="flex flex-wrap items-center gap-4">
      <LifeBuoy aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{t('left', { count: left })}</p>
        <p className="text-sm text-muted">{t(left <= few ? 'few' : 'each')}</p>
      </div>
      <Button variant="outline" size="sm" onClick={() => setAsking(true)}>
        {t('make')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={keep}
        title={t('makeTitle')}
        confirm={t('make')}
        isBusy={make.isPending}
        error={make.error}
        onConfirm={() => make.mutate()}
      >
        {t('makeText')}
      </ConfirmDialog>
      <Dialog isOpen={make.data !== undefined} onClose={make.reset} title={t('newTitle')} isLasting>
        {make.data && <RecoveryCodes codes={make.data.recovery_codes} onDone={make.reset} />}
      </Dialog>
    </div>
  );
}
