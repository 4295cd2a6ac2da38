'use client';
import type { EndpointRead } from '@ultrarslanoglu/api-client';
import { KeyRound, Pencil, Power, Send, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { EndpointForm } from './endpoint-form';
import { SecretOnce } from './secret-once';
import { useEndpointActions } from './use-endpoint-actions';

type Question = 'edit' | 'rotate' | 'secret' | 'delete';

export function EndpointActions({ endpoint }: { endpoint: EndpointRead }) {
  const t = useTranslations('Webhooks');
  const { update, enable, test, rotate, remove, onError } = useEndpointActions(endpoint.id);
  const [open, setOpen] = useState<Question | null>(null);
  const close = () => setOpen(null);
  const { is_enabled: isEnabled } = endpoint;

  function disable() {
    update.mutate(
      { is_enabled: false },
      { onError, onSuccess: () => void toast.success(t('actions.disabled')) },
    );
  }

  return (
    <div className="flex flex-wrap gap-2">
      {!isEnabled && (
        <Button isBusy={enable.isPending} onClick={() => enable.mutate()}>
          {!enable.isPending && <Power aria-hidden />}
          {t('actions.enable')}
        </Button>
      )}
      {/* Also while it is off: to see whether the other side is well again. */}
      <Button
        variant={isEnabled ? 'primary' : 'outline'}
        isBusy={test.isPending}
        onClick={() => test.mutate()}
      >
        {!test.isPending && <Send aria-hidden />}
        {t('actions.test')}
      </Button>
      <Button variant="outline" onClick={() => setOpen('edit')}>
        <Pencil aria-hidden />
        {t('actions.edit')}
      </Button>
      {endpoint.type === 'webhook' && (
        <Button variant="outline" onClick={() => setOpen('rotate')}>
          <KeyRound aria-hidden />
          {t('actions.rotate')}
        </Button>
      )}
      {isEnabled && (
        <Button variant="outline" onClick={disable}>
          <Power aria-hidden />
          {t('actions.disable')}
        </Button>
      )}
      <Button variant="danger" onClick={() => setOpen('delete')}>
        <Trash2 aria-hidden />
        {t('actions.delete')}
      </Button>

      <Dialog isOpen={open === 'edit'} onClose={close} title={t('form.editTitle')}>
        <EndpointForm
          endpoint={endpoint}
          error={update.error}
          isBusy={update.isPending}
          onSubmit={({ name, url, kinds }) =>
            update.mutate(
              { name, kinds, ...(url ? { url } : {}) },
              {
                onSuccess: () => {
                  close();
                  toast.success(t('saved'));
                },
              },
            )
          }
        />
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'rotate'}
        onClose={close}
        title={t('confirm.rotateTitle')}
        confirm={t('actions.rotate')}
        isBusy={rotate.isPending}
        onConfirm={() => rotate.mutate(undefined, { onSuccess: () => setOpen('secret'), onError: close })}
      >
        {t('confirm.rotateText')}
      </ConfirmDialog>
      <Dialog isOpen={open === 'secret'} onClose={close} title={t('secret.title')} isLasting>
        <SecretOnce secret={rotate.data?.secret ?? ''} isRenewed onDone={close} />
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'delete'}
        onClose={close}
        title={t('confirm.deleteTitle')}
        confirm={t('actions.delete')}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onError: close })}
      >
        {t('confirm.deleteText', { name: endpoint.name })}
      </ConfirmDialog>
    </div>
  );
}
