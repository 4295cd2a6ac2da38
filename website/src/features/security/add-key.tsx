'use client';
import type { Scope } from '@ultrarslanoglu/api-client';
import { createKey } from '@ultrarslanoglu/api-client/queries/security';
import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog';
import { api } from '@/lib/api';
import { KeyForm } from './key-form';
import { KeyOnce } from './key-once';
import type { KeyValues } from './key-values';
import { useSecurityAction } from './use-security-action';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  scopes: Scope[];
}

export function AddKey({ isOpen, onClose, scopes }: Props) {
  const t = useTranslations('Security.keys');
  const create = useSecurityAction({
    run: (values: KeyValues) => createKey(api, values),
    touches: ['keys'],
    isSaidInPlace: true,
  });
  function close() {
    create.reset();
    onClose();
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t(create.data ? 'madeTitle' : 'addTitle')}
      isLasting={Boolean(create.data)}
    >
      {create.data ? (
        <KeyOnce made={create.data} onDone={close} />
      ) : (
        <KeyForm scopes={scopes} error={create.error} isBusy={create.isPending} onSubmit={create.mutate} />
      )}
    </Dialog>
  );
}
