'use client';
import type { KeyRead } from '@ultrarslanoglu/api-client';
import { endKey, rotateKey } from '@ultrarslanoglu/api-client/queries/security';
import { RefreshCw, SquareTerminal, Trash2 } from 'lucide-react';
import { useNow, useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { Moment } from '@/components/ui/moment';
import { RelativeTime } from '@/components/ui/relative-time';
import { api } from '@/lib/api';
import { KeyOnce } from './key-once';
import { useSecurityAction } from './use-security-action';

export function KeyRow({ details }: { details: KeyRead }) {
  const t = useTranslations('Security.keys');
  const now = useNow({ updateInterval: 60_000 });
  const [open, setOpen] = useState<'rotate' | 'end' | null>(null);
  const rotate = useSecurityAction({
    run: () => rotateKey(api, details.id),
    touches: ['keys'],
    isSaidInPlace: true,
    onSuccess: close,
  });
  const end = useSecurityAction({
    run: () => endKey(api, details.id),
    touches: ['keys'],
    isSaidInPlace: true,
    onSuccess: () => {
      close();
      toast.success(t('ended'));
    },
  });
  function close() {
    setOpen(null);
    // What is still under way must show its key when it comes.
    for (const action of [rotate, end]) if (action.isError) action.reset();
  }
  const isExpired = new Date(details.expires_at) <= now;
  const isReplaced = details.rotated_at !== null;

  return (
    <li data-row className="flex flex-wrap items-start gap-x-4 gap-y-2 py-4 first:pt-0 last:pb-0">
      <SquareTerminal aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1 basis-52">
        <p className="truncate font-medium">{details.name}</p>
        <p className="truncate font-mono text-xs text-muted">
          ultra_{details.public_id}_…{details.last_four}
        </p>
        <p className="mt-1 text-sm text-muted">
          {isExpired ? (
            <span className="text-danger">{t('expired')}</span>
          ) : (
            t.rich(isReplaced ? 'replaced' : 'expires', { time: () => <Moment value={details.expires_at} /> })
          )}
          {' · '}
          {details.last_used_at
            ? t.rich('lastUsed', { time: () => <RelativeTime value={details.last_used_at ?? ''} /> })
            : t('neverUsed')}
        </p>
        <ul aria-label={t('scopesLegend')} className="mt-2 flex flex-wrap gap-1.5">
          {details.scopes.map((scope) => (
            <li key={scope} className="rounded-full bg-raised px-2.5 py-0.5 text-xs">
              {t(`scopes.${scope}`)}
            </li>
          ))}
          {details.ip_allow.map((network) => (
            <li key={network} className="rounded-full border px-2.5 py-0.5 font-mono text-xs">
              {network}
            </li>
          ))}
        </ul>
      </div>
      <div className="flex shrink-0 gap-1">
        {!isExpired && !isReplaced && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('rotateNamed', { name: details.name })}
            title={t('rotate')}
            onClick={() => setOpen('rotate')}
          >
            <RefreshCw aria-hidden />
          </Button>
        )}
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('endNamed', { name: details.name })}
          title={t('end')}
          onClick={() => setOpen('end')}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      <ConfirmDialog
        isOpen={open === 'rotate'}
        onClose={close}
        title={t('rotateTitle')}
        confirm={t('rotate')}
        isBusy={rotate.isPending}
        error={rotate.error}
        onConfirm={() => rotate.mutate()}
      >
        {t('rotateText', { name: details.name })}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === 'end'}
        onClose={close}
        title={t('endTitle')}
        confirm={t('end')}
        isDanger
        isBusy={end.isPending}
        error={end.error}
        onConfirm={() => end.mutate()}
      >
        {t('endText', { name: details.name })}
      </ConfirmDialog>
      <Dialog isOpen={rotate.data !== undefined} onClose={rotate.reset} title={t('madeTitle')} isLasting>
        {rotate.data && <KeyOnce made={rotate.data} isRenewed onDone={rotate.reset} />}
      </Dialog>
    </li>
  );
}
