'use client';
import {
  createContext,
  useContext,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { cn } from '@/lib/cn';

interface Props {
  label: string;
  /** What the button says to somebody who does not see it; it may say more than the panel's name. */
  triggerLabel: string;
  trigger: ReactNode;
  triggerClassName?: string;
  /** Where it opens: fixed to the window, because its trigger is. */
  className: string;
  /** Rendered while it is open. */
  children: ReactNode;
}

const ClosePopover = createContext<() => void>(() => undefined);

/** For what leads away from the panel, a link for example. */
export const useClosePopover = () => useContext(ClosePopover);

/** A panel behind a button. The browser's own popover closes it by Escape or a click beside it and gives the focus back; arrows walk from one `data-item` to the next. */
export function Popover({ label, triggerLabel, trigger, triggerClassName, className, children }: Props) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);

  function onKeyDown(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const items = [...(panel.current?.querySelectorAll<HTMLElement>('[data-item]') ?? [])];
    const at = items.findIndex((item) => item === document.activeElement);
    event.preventDefault();
    items.at(at === -1 && step === -1 ? -1 : (at + step) % items.length)?.focus();
  }

  return (
    <>
      <button type="button" popoverTarget={id} aria-label={triggerLabel} className={triggerClassName}>
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onToggle={(event) => {
          setOpen(event.newState === 'open');
          if (event.newState === 'open') panel.current?.focus();
        }}
        className={cn(
          'fixed inset-auto m-0 rounded-card border bg-surface p-0 text-fg shadow-xl shadow-black/20 outline-none',
          className,
        )}
      >
        <ClosePopover value={() => panel.current?.hidePopover()}>{isOpen && children}</ClosePopover>
      </div>
    </>
  );
}
