'use client';
import {
  addDevice,
  devicesQuery,
  notificationKeys,
  pushKey,
  removeDevice,
} from '@ultrarslanoglu/api-client/queries/notifications';
import type { DeviceRead } from '@ultrarslanoglu/api-client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { pushSupport, type PushSupport } from '@/lib/push/support';
import {
  addressOf,
  knownDevice,
  leavePush,
  rememberDevice,
  subscribeHere,
  subscriptionHere,
} from '@/lib/push/this-device';

/** The person closed the browser's question, or answered no. */
class NotAllowed extends Error {}

/** Whether push messages come to this browser, and switching that on. */
export function useThisDevice(userId: string) {
  const client = useQueryClient();
  const devices = useQuery(devicesQuery(api));
  const [support, setSupport] = useState<PushSupport | null>(null);
  const [hereId, setHereId] = useState<string | null>(null);
  const current = devices.data?.items.find((device) => device.id === hereId) ?? null;

  useEffect(() => {
    const look = () => {
      setSupport(pushSupport());
      void subscriptionHere().then((subscription) => setHereId(subscription && (knownDevice()?.id ?? null)));
    };
    look();
    // The permission may be changed in the browser's own settings while this page is open.
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);

  const enable = useMutation({
    mutationFn: async () => {
      if ((await Notification.requestPermission()) !== 'granted') throw new NotAllowed();
      const subscription = await subscribeHere((await pushKey(api)).public_key);
      const device = await addDevice(api, addressOf(subscription));
      rememberDevice({ id: device.id, endpoint: subscription.endpoint, userId });
      return device;
    },
    onSuccess: (device) => {
      setHereId(device.id);
      return client.invalidateQueries({ queryKey: notificationKeys.devices });
    },
    onError: () => setSupport(pushSupport()),
  });
  return { support, current, devices, enable };
}

/** Takes a device out of the list; this very browser also gives up its subscription. */
export function useRemoveDevice() {
  const t = useTranslations('Notifications.devices');
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (device: DeviceRead) => {
      await removeDevice(api, device.id);
      if (knownDevice()?.id === device.id) await leavePush();
    },
    onSuccess: () => {
      toast.success(t('removed'));
      return client.invalidateQueries({ queryKey: notificationKeys.devices });
    },
  });
}

/** Which sentence explains that switching on failed. The gateway's own errors speak for themselves. */
export function faultOf(error: Error): 'dismissed' | 'pushService' | null {
  if (error instanceof NotAllowed) return 'dismissed';
  // Browsers say AbortError when they cannot reach the push service of their maker.
  return error instanceof DOMException ? 'pushService' : null;
}
