'use client';
import { sessionsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { addPasskey, passkeyOptions } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextField } from '@/components/ui/text-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { makePasskey } from '@/lib/passkeys';
import { usePasskeySentence } from '@/lib/use-passkey-sentence';
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
  const sentence = usePasskeySentence();
  const [isNameless, setNameless] = useState(false);
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
    setNameless(false);
    onClose();
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = textOf(new FormData(event.currentTarget), 'name').trim();
    setNameless(!name);
    if (!name) return focusFirstFault(event.currentTarget, { name: true });
    add.mutate(name);
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
        <form noValidate onSubmit={submit} className="grid gap-5">
          <p className="leading-relaxed text-muted">{t('addText')}</p>
          <TextField
            label={t('name')}
            name="name"
            data-first
            required
            maxLength={100}
            autoComplete="off"
            defaultValue={device}
            hint={t('nameHint')}
            error={isNameless ? t('nameEmpty') : undefined}
          />
          {add.isError && <Alert>{sentence(add.error)}</Alert>}
          <Button type="submit" className="justify-self-end" isBusy={add.isPending}>
            {t('make')}
          </Button>
        </form>
      )}
    </Dialog>
  );
}
