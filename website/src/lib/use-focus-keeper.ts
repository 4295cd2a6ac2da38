'use client';
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';

interface Held {
  /** The row, or what else in the list has the focus. */
  place: Element;
  rows: HTMLElement[];
  heading: HTMLElement | null;
}

/** For lists whose rows can be taken away: the focus that would fall out of the page with one goes to the next row, to the one before, or to the heading. The ref belongs around the list and the hook where the list itself may go; rows carry `data-row`. */
export function useFocusKeeper<List extends HTMLElement>(): RefObject<List | null> {
  const list = useRef<List>(null);
  const held = useRef<Held | null>(null);

  const remember = useEffectEvent(({ target }: Event) => {
    if (!(target instanceof Element)) return;
    if (list.current?.contains(target)) held.current = holdOf(target, list.current);
    // A dialog asks about the row; afterwards its button has the focus again.
    else if (!target.closest('dialog')) held.current = null;
  });
  const rescue = useEffectEvent(() => {
    if (!held.current || held.current.place.isConnected) return;
    const isLost = document.activeElement === null || document.activeElement === document.body;
    // Behind an open dialog nothing can have the focus.
    if (!isLost || document.querySelector('dialog[open]')) return;
    const next = nextPlace(held.current);
    held.current = null;
    if (next) focusFromAfar(next);
  });

  // Rows go when their list is drawn anew, some of them while the dialog that asked is still open.
  useEffect(() => rescue());
  useEffect(() => {
    const onEvent = (event: Event) => remember(event);
    const onClose = () => rescue();
    document.addEventListener('focusin', onEvent);
    document.addEventListener('pointerdown', onEvent);
    document.addEventListener('close', onClose, { capture: true });
    return () => {
      document.removeEventListener('focusin', onEvent);
      document.removeEventListener('pointerdown', onEvent);
      document.removeEventListener('close', onClose, { capture: true });
    };
  }, []);
  return list;
}

function holdOf(target: Element, list: HTMLElement): Held {
  const section = list.closest('section[aria-labelledby]');
  return {
    place: target.closest('[data-row]') ?? target,
    rows: [...list.querySelectorAll<HTMLElement>('[data-row]')],
    heading: document.getElementById(section?.getAttribute('aria-labelledby') ?? ''),
  };
}

function nextPlace({ place, rows, heading }: Held): HTMLElement | null {
  const index = rows.findIndex((row) => row === place);
  const later = rows.slice(index + 1).find((row) => row.isConnected);
  const earlier = rows.slice(0, Math.max(0, index)).findLast((row) => row.isConnected);
  const title = heading?.isConnected ? heading : document.querySelector<HTMLElement>('h1');
  return later ?? earlier ?? title;
}

/** Rows and headings are no stops of the Tab key; they can hold the focus until it moves on. */
function focusFromAfar(element: HTMLElement) {
  if (!element.hasAttribute('tabindex')) {
    element.tabIndex = -1;
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true });
  }
  element.focus();
}
