/** The push subscription of this browser: made, found again, and ended. What the gateway calls it is remembered here, so that the list of devices can say "this device". */

export interface KnownDevice {
  id: string;
  endpoint: string;
  /** Whose it is: another person who signs in here must not get their news. */
  userId: string;
  /** The session that told the gateway of it: once that has ended, nothing is sent here any more. */
  sessionId?: string;
}

const key = 'ultra.push';

export function knownDevice(): KnownDevice | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as KnownDevice | null;
  } catch {
    return null;
  }
}

export const rememberDevice = (device: KnownDevice) => localStorage.setItem(key, JSON.stringify(device));

/** Whether the gateway knows this browser as it is now: at this address, and signed in like this. */
export const isCurrent = (known: KnownDevice, endpoint: string, sessionId: string) =>
  known.endpoint === endpoint && known.sessionId === sessionId;

/** The worker shows messages while no page is open. It never answers requests. */
export async function startWorker(): Promise<ServiceWorkerRegistration> {
  await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' });
  return navigator.serviceWorker.ready;
}

/** The subscription of this browser with that key; one with another key is given up, the push service would refuse it. */
export async function subscribeHere(publicKey: string): Promise<PushSubscription> {
  const { pushManager } = await startWorker();
  const applicationServerKey = bytesOf(publicKey);
  const existing = await pushManager.getSubscription();
  if (existing) {
    if (isSame(existing.options.applicationServerKey, applicationServerKey)) return existing;
    await existing.unsubscribe();
  }
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
}

export async function subscriptionHere(): Promise<PushSubscription | null> {
  if (!('serviceWorker' in navigator)) return null;
  const registration = await navigator.serviceWorker.getRegistration('/');
  return (await registration?.pushManager?.getSubscription()) ?? null;
}

/** No message reaches this browser any more. The gateway learns it from the push service, which answers that it is gone. */
export async function leavePush(): Promise<void> {
  localStorage.removeItem(key);
  await (await subscriptionHere())?.unsubscribe();
}

/** What the gateway needs of a subscription. */
export function addressOf(subscription: PushSubscription) {
  const { endpoint, keys } = subscription.toJSON();
  return { endpoint: endpoint ?? '', keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } };
}

export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const isSame = (one: ArrayBuffer | null, other: Uint8Array) =>
  one !== null && new Uint8Array(one).toString() === other.toString();
