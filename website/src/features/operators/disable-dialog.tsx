'use client';
import type { PersonRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextArea } from '@/components/ui/text-area';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';

interface Props {
  person: PersonRead;
  isOpen: boolean;
  onClose: () => void;
  isBusy: boolean;
  refusal: Error | null;
  onReason: (reason: string) => void;
}

const longest = 500;

/** Asks why an account is to be closed: its person reads the answer. */
export function DisableDialog({ person, isOpen, onClose, isBusy, refusal, onReason }: Props) {
  const t = useTranslations('People.disable');
  const sentence = useErrorSentence();
  const [isEmpty, setEmpty] = useState(false);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason').trim();
    setEmpty(!reason);
    if (!reason) return event.currentTarget.querySelector('textarea')?.focus();
    onReason(reason);
  }
  function close() {
    setEmpty(false);
    onClose();
  }
  return (
    <Dialog isOpen={isOpen} onClose={close} title={t('title', { name: person.name })}>
      <form noValidate onSubmit={submit} className="grid gap-5">
        <p className="leading-relaxed text-muted">{t('text')}</p>
        <TextArea
          label={t('reason')}
          name="reason"
          data-first
          required
          maxLength={longest}
          autoComplete="off"
          hint={t('reasonHint')}
          error={isEmpty ? t('reasonEmpty') : undefined}
        />
        {refusal && <Alert>{sentence(refusal)}</Alert>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="ghost" onClick={close}>
            {t('keep')}
          </Button>
          <Button type="submit" variant="danger" isBusy={isBusy}>
            {t('action')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
