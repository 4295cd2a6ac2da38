'use client';
import { addDevice, pushKey } from '@ultrarslanoglu/api-client/queries/notifications';
import { useEffect, useEffectEvent } from 'react';
import { useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { pushSupport } from '@/lib/push/support';
import {
  addressOf,
  isCurrent,
  knownDevice,
  leavePush,
  rememberDevice,
  subscribeHere,
} from '@/lib/push/this-device';
import { useNotificationActions } from './use-notification-actions';

/** Keeps this browser's push subscription alive and its owner's, and goes where a clicked message leads. */
export function PushKeeper({ userId, sessionId }: { userId: string; sessionId: string }) {
  const router = useRouter();
  const { read } = useNotificationActions();
  const open = useEffectEvent((id: string, href?: string) => {
    if (id) read.mutate(id);
    if (href) router.push(href);
  });

  useEffect(() => {
    // Push is an extra: what goes wrong here is said in the settings, when somebody looks for it.
    keep(userId, sessionId).catch(() => undefined);
  }, [userId, sessionId]);

  useEffect(() => {
    if (!('serviceWorker' in navigator)) return;
    const onMessage = ({ data, ports }: MessageEvent) => {
      if (data?.type !== 'ultra:open') return;
      ports[0]?.postMessage('accepted');
      open(data.id, data.href);
    };
    navigator.serviceWorker.addEventListener('message', onMessage);
    return () => navigator.serviceWorker.removeEventListener('message', onMessage);
  }, []);

  useEffect(() => {
    const [, id] = /^#notification=([\w-]+)$/.exec(window.location.hash) ?? [];
    if (!id) return;
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    open(id);
  }, []);
  return null;
}

async function keep(userId: string, sessionId: string) {
  const known = knownDevice();
  if (!known) return;
  if (known.userId !== userId) return leavePush();
  if (pushSupport() !== 'ready' || Notification.permission !== 'granted') return;
  const subscription = await subscribeHere((await pushKey(api)).public_key);
  // The push service may have moved it to another address since, or the person signed in anew.
  if (isCurrent(known, subscription.endpoint, sessionId)) return;
  const device = await addDevice(api, addressOf(subscription));
  rememberDevice({ id: device.id, endpoint: subscription.endpoint, userId, sessionId });
}
