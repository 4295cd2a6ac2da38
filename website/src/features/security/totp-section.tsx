'use client';
import {
  confirmTotp,
  factorsQuery,
  removeTotp,
  setUpTotp,
} from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { ExactTime } from '@/components/ui/moment';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { EndOthersNotice } from './end-others-notice';
import { RecoveryCodes } from './recovery-codes';
import { TotpSetUpForm } from './totp-set-up-form';
import { useSecurityAction } from './use-security-action';

export function TotpSection() {
  const t = useTranslations('Security.totp');
  const sentence = useErrorSentence();
  const factors = useQuery(factorsQuery(api));
  const [isAsking, setAsking] = useState(false);
  const [isChanged, setChanged] = useState(false);
  const begin = useSecurityAction({ run: () => setUpTotp(api), touches: [] });
  const confirm = useSecurityAction({
    run: (code: string) => confirmTotp(api, code),
    touches: ['factors'],
    isSaidInPlace: true,
    onSuccess: ({ recovery_codes }) => {
      setChanged(true);
      toast.success(t('on'));
      if (recovery_codes.length === 0) close();
    },
  });
  const remove = useSecurityAction({
    run: () => removeTotp(api),
    touches: ['factors'],
    isSaidInPlace: true,
    onSuccess: () => {
      setAsking(false);
      setChanged(true);
      toast.success(t('off'));
    },
  });

  function keep() {
    setAsking(false);
    if (remove.isError) remove.reset();
  }
  function close() {
    begin.reset();
    confirm.reset();
  }
  if (!factors.data) {
    return (
      <NotLoaded query={factors}>
        <Skeleton className="h-20" />
      </NotLoaded>
    );
  }
  const { is_enabled, since } = factors.data.totp;
  const codes = confirm.data?.recovery_codes ?? [];

  return (
    <div className="flex flex-wrap items-center gap-4">
      <Smartphone aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{t(is_enabled ? 'isOn' : 'isOff')}</p>
        <p className="text-sm text-muted">
          {since ? t.rich('since', { time: () => <ExactTime value={since} isShort /> }) : t('offText')}
        </p>
      </div>
      {is_enabled ? (
        <Button variant="danger" size="sm" onClick={() => setAsking(true)}>
          {t('remove')}
        </Button>
      ) : (
        <Button size="sm" isBusy={begin.isPending} onClick={() => begin.mutate()}>
          {t('begin')}
        </Button>
      )}
      {isChanged && (
        <div className="basis-full">
          <EndOthersNotice onDone={() => setChanged(false)} />
        </div>
      )}
      <Dialog
        isOpen={begin.data !== undefined}
        onClose={close}
        title={t(codes.length > 0 ? 'codesTitle' : 'dialogTitle')}
        isLasting
      >
        {codes.length > 0 ? (
          <RecoveryCodes codes={codes} onDone={close} />
        ) : (
          begin.data && (
            <TotpSetUpForm
              setUp={begin.data}
              isBusy={confirm.isPending}
              refusal={confirm.isError ? sentence(confirm.error) : undefined}
              onCode={confirm.mutate}
            />
          )
        )}
      </Dialog>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={keep}
        title={t('removeTitle')}
        confirm={t('remove')}
        isDanger
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('removeText')}
      </ConfirmDialog>
    </div>
  );
}
