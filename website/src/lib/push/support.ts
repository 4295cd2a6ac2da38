/** Whether this browser can show messages of a closed page, and if not, why not: each reason has its own way out. */

export type PushSupport =
  | 'ready'
  /** The person, or the browser for them, has said no; only the browser's own settings can change that. */
  | 'blocked'
  /** Browsers offer it on https and localhost only. */
  | 'insecure'
  /** iPhone and iPad offer it to pages on the home screen only. */
  | 'homeScreen'
  | 'unsupported';

export function pushSupport(): PushSupport {
  if (!window.isSecureContext) return 'insecure';
  const isThere = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
  if (!isThere) return isAppleMobile() ? 'homeScreen' : 'unsupported';
  return Notification.permission === 'denied' ? 'blocked' : 'ready';
}

/** An iPad calls itself a Mac, but no Mac has a touch screen. */
const isAppleMobile = () =>
  /iPhone|iPad/.test(navigator.userAgent) ||
  (navigator.userAgent.includes('Macintosh') && navigator.maxTouchPoints > 1);
