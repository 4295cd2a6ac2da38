import type { places } from './navigation';

/** After the key g. */
export const destinations: Record<string, (typeof places)[number]['href'] | '/notifications'> = {
  d: '/dashboard',
  v: '/videos',
  u: '/videos/upload',
  p: '/projects',
  j: '/jobs',
  n: '/notifications',
  s: '/settings',
};

/** Keys belong to the field that somebody is writing in, and to an open dialog or menu. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog[open], [popover]')) return true;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}
