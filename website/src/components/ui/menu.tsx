'use client';
import { createContext, useContext, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface MenuProps {
  label: string;
  trigger: ReactNode;
  triggerClassName?: string;
  /** Where it opens: fixed to the window, because its trigger is. */
  className: string;
  children: ReactNode;
}

const CloseMenu = createContext<() => void>(() => undefined);

/** A list of actions behind a button. The browser's own popover closes it by Escape or a click beside it and gives the focus back; arrows walk through it. */
export function Menu({ label, trigger, triggerClassName, className, children }: MenuProps) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const items = () => [...(list.current?.querySelectorAll('button') ?? [])];

  function onKeyDown(event: KeyboardEvent) {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const targets: Record<string, HTMLButtonElement | undefined> = {
      ArrowDown: all[(at + 1) % all.length],
      ArrowUp: all.at(at <= 0 ? -1 : at - 1),
      Home: all[0],
      End: all.at(-1),
    };
    const target = targets[event.key];
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  return (
    <>
      <button type="button" popoverTarget={id} aria-label={label} className={triggerClassName}>
        {trigger}
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        onKeyDown={onKeyDown}
        onToggle={(event) => event.newState === 'open' && items()[0]?.focus()}
        className={cn(
          'fixed inset-auto m-0 w-56 rounded-xl border bg-surface p-1.5 text-fg shadow-xl shadow-black/20',
          className,
        )}
      >
        <CloseMenu value={() => list.current?.hidePopover()}>{children}</CloseMenu>
      </div>
    </>
  );
}

interface ItemProps {
  lang?: string;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ lang, onSelect, children }: ItemProps) {
  const close = useContext(CloseMenu);
  return (
    <button
      type="button"
      lang={lang}
      onClick={() => {
        close();
        onSelect();
      }}
      className="flex min-h-11 w-full items-center gap-3 rounded-lg px-3 py-2 text-left text-sm hover:bg-raised focus-visible:bg-raised focus-visible:-outline-offset-2 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
    >
      {children}
    </button>
  );
}

export const MenuSeparator = () => <hr className="my-1.5" />;
