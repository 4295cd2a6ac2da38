'use client';
import { sessionsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { addPasskey, passkeyOptions } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Dialog } from '@/components/ui/dialog';
import { api } from '@/lib/api';
import { makePasskey } from '@/lib/passkeys';
import { PasskeyNameForm } from './passkey-name-form';
import { RecoveryCodes } from './recovery-codes';
import { useSecurityAction } from './use-security-action';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  onAdded: () => void;
}

/** Names a passkey, lets the browser make it, and shows the recovery codes that come with a first second factor. */
export function AddPasskey({ isOpen, onClose, onAdded }: Props) {
  const t = useTranslations('Security.passkeys');
  // This device, as the list of sessions calls it, is what most people would write.
  const device = useQuery(sessionsQuery(api)).data?.items.find((each) => each.is_current)?.device;
  const add = useSecurityAction({
    run: async (name: string) =>
      addPasskey(api, { name, credential: await makePasskey(await passkeyOptions(api)) }),
    touches: ['factors'],
    isSaidInPlace: true,
    onSuccess: ({ recovery_codes }) => {
      toast.success(t('added'));
      onAdded();
      if (recovery_codes.length === 0) close();
    },
  });
  const codes = add.data?.recovery_codes ?? [];

  function close() {
    add.reset();
    onClose();
  }

  return (
    <Dialog
      isOpen={isOpen}
      onClose={close}
      title={t(codes.length > 0 ? 'codesTitle' : 'addTitle')}
      isLasting={codes.length > 0}
    >
      {codes.length > 0 ? (
        <RecoveryCodes codes={codes} onDone={close} />
      ) : (
        <PasskeyNameForm initial={device} hint={t('nameHint')} submit={t('make')} action={add}>
          <p className="leading-relaxed text-muted">{t('addText')}</p>
        </PasskeyNameForm>
      )}
    </Dialog>
  );
}
