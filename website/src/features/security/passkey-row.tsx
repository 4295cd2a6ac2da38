'use client';
import type { PasskeyRead } from '@ultrarslanoglu/api-client';
import { removePasskey, renamePasskey } from '@ultrarslanoglu/api-client/queries/security';
import { KeyRound, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { ExactTime } from '@/components/ui/moment';
import { RelativeTime } from '@/components/ui/relative-time';
import { api } from '@/lib/api';
import { PasskeyNameForm } from './passkey-name-form';
import { useSecurityAction } from './use-security-action';

interface Props {
  passkey: PasskeyRead;
  onRemoved: () => void;
}

export function PasskeyRow({ passkey, onRemoved }: Props) {
  const t = useTranslations('Security.passkeys');
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const rename = useSecurityAction({
    run: (name: string) => renamePasskey(api, passkey.id, name),
    touches: ['factors'],
    isSaidInPlace: true,
    onSuccess: close,
  });
  const remove = useSecurityAction({
    run: () => removePasskey(api, passkey.id),
    touches: ['factors'],
    isSaidInPlace: true,
    onSuccess: () => {
      close();
      toast.success(t('removed'));
      onRemoved();
    },
  });

  function close() {
    setOpen(null);
    for (const action of [rename, remove]) if (action.isError) action.reset();
  }

  return (
    <li data-row className="flex items-center gap-4 py-4 first:pt-0 last:pb-0">
      <KeyRound aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{passkey.name}</p>
        <p className="text-sm text-muted">
          {t(passkey.is_backed_up ? 'backedUp' : 'thisDeviceOnly')} ·{' '}
          {passkey.last_used_at
            ? t.rich('lastUsed', { time: () => <RelativeTime value={passkey.last_used_at ?? ''} /> })
            : t.rich('since', { time: () => <ExactTime value={passkey.created_at} isShort /> })}
        </p>
      </div>
      <div className="flex shrink-0 gap-1">
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('renameNamed', { name: passkey.name })}
          onClick={() => setOpen('rename')}
        >
          <Pencil aria-hidden />
        </Button>
        <Button
          variant="ghost"
          size="icon"
          aria-label={t('removeNamed', { name: passkey.name })}
          onClick={() => setOpen('remove')}
        >
          <Trash2 aria-hidden />
        </Button>
      </div>
      <Dialog isOpen={open === 'rename'} onClose={close} title={t('renameTitle')}>
        <PasskeyNameForm initial={passkey.name} submit={t('rename')} action={rename} />
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'remove'}
        onClose={close}
        title={t('removeTitle')}
        confirm={t('remove')}
        isDanger
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('removeText', { name: passkey.name })}
      </ConfirmDialog>
    </li>
  );
}
