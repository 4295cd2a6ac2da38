'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { Alert } from './alert';
import { Button } from './button';
import { Dialog } from './dialog';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, and whether it can be taken back. */
  children: ReactNode;
  confirm: string;
  /** The other answer, where "cancel" could be taken for the thing itself. */
  dismiss?: string;
  isDanger?: boolean;
  isBusy?: boolean;
  /** Why it was refused. It stands in here: behind an open dialog nothing is seen or read out. */
  error?: Error | null;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({
  children,
  confirm,
  dismiss,
  isDanger,
  isBusy,
  error,
  onConfirm,
  ...dialog
}: Props) {
  const t = useTranslations('Common');
  const sentence = useErrorSentence();
  return (
    <Dialog {...dialog}>
      <div className="leading-relaxed text-muted">{children}</div>
      {error && (
        <div className="mt-5">
          <Alert>{sentence(error)}</Alert>
        </div>
      )}
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button variant="ghost" onClick={dialog.onClose}>
          {dismiss ?? t('cancel')}
        </Button>
        <Button variant={isDanger ? 'danger' : 'primary'} isBusy={isBusy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
