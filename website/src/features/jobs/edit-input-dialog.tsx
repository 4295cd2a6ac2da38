'use client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { TextArea } from '@/components/ui/text-area';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { readInput, textOfInput } from './input-text';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  args: readonly unknown[];
  isBusy: boolean;
  error: Error | null;
  onSave: (args: unknown[]) => void;
}

export function EditInputDialog({ isOpen, onClose, ...form }: Props) {
  const t = useTranslations('Jobs.edit');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('title')} isLasting>
      <EditInputForm onClose={onClose} {...form} />
    </Dialog>
  );
}

function EditInputForm({ onClose, args, isBusy, error, onSave }: Omit<Props, 'isOpen'>) {
  const t = useTranslations('Jobs.edit');
  const common = useTranslations('Common');
  const sentence = useErrorSentence();
  const [fault, setFault] = useState<'notJson' | 'notList' | null>(null);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const read = readInput(textOf(new FormData(event.currentTarget), 'args'));
    setFault('fault' in read ? read.fault : null);
    if ('args' in read) onSave(read.args);
  }
  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      <p className="leading-relaxed text-muted">{t('text')}</p>
      <TextArea
        label={t('label')}
        name="args"
        defaultValue={textOfInput(args)}
        rows={8}
        spellCheck={false}
        data-first
        autoFocus
        className="font-mono text-sm"
        error={fault ? t(fault) : undefined}
      />
      {error && <Alert>{sentence(error)}</Alert>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="ghost" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button type="submit" isBusy={isBusy}>
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
