'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
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
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ children, confirm, dismiss, isDanger, isBusy, onConfirm, ...dialog }: Props) {
  const t = useTranslations('Common');
  return (
    <Dialog {...dialog}>
      <div className="leading-relaxed text-muted">{children}</div>
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
