'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button } from './button';

interface Props {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  /** What it shows cannot be had again: a click beside it does not close it. */
  isLasting?: boolean;
  children: ReactNode;
}

/** The browser's own modal dialog: it keeps the focus inside, closes with Escape and gives the focus back. */
export function Dialog({ isOpen, onClose, title, isLasting, children }: Props) {
  const t = useTranslations('Common');
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  // Selecting text may end outside; that is no click beside the dialog.
  const beganOutside = useRef(false);
  useEffect(() => {
    if (!isOpen) return element.current?.close();
    element.current?.showModal();
    // A form says where the typing begins; otherwise the browser chooses.
    element.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, [isOpen]);
  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      // Closing it from the code is no news to the code.
      onClose={() => isOpen && onClose()}
      onPointerDown={(event) => {
        beganOutside.current = event.target === element.current;
      }}
      onClick={(event) => {
        if (!isLasting && beganOutside.current && event.target === element.current) onClose();
      }}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(32rem,calc(100vw-2rem))] rounded-card border bg-surface p-0 text-fg shadow-2xl"
    >
      <div className="p-6">
        <div className="mb-4 flex items-center justify-between gap-4">
          <h2 id={titleId} className="text-lg font-semibold">
            {title}
          </h2>
          <Button variant="ghost" size="icon" aria-label={t('close')} onClick={onClose}>
            <X aria-hidden />
          </Button>
        </div>
        {isOpen && children}
      </div>
    </dialog>
  );
}
