'use client';
import { testDevice } from '@ultrarslanoglu/api-client/queries/notifications';
import type { DeviceRead } from '@ultrarslanoglu/api-client';
import { MonitorSmartphone, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { LoadError } from '@/components/ui/load-error';
import { RelativeTime } from '@/components/ui/relative-time';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { ThisDevice } from './this-device';
import { useTestButton } from './use-test-button';
import { useRemoveDevice, useThisDevice } from './use-this-device';

/** Browsers that show messages while no page is open. */
export function Devices({ userId }: { userId: string }) {
  const t = useTranslations('Notifications.devices');
  const here = useThisDevice(userId);
  const { devices, current } = here;
  const items = devices.data?.items ?? [];
  return (
    <div className="grid grid-cols-1 gap-5">
      <ThisDevice {...here} />
      {devices.isError && !devices.data && (
        <LoadError error={devices.error} onAgain={() => void devices.refetch()} />
      )}
      {items.length > 0 && (
        <div>
          <h3 className="mb-3 text-sm font-medium text-muted">{t('list')}</h3>
          <ul className="divide-y border-t">
            {items.map((device) => (
              <DeviceRow key={device.id} device={device} isHere={device.id === current?.id} />
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function DeviceRow({ device, isHere }: { device: DeviceRead; isHere: boolean }) {
  const t = useTranslations('Notifications.devices');
  const sentence = useErrorSentence();
  const remove = useRemoveDevice();
  const { button, note } = useTestButton({
    label: t('test', { device: device.label }),
    send: () => testDevice(api, device.id),
    arrived: t('testArrived'),
  });
  return (
    <li className="grid grid-cols-1 gap-2 py-4 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-muted" />
        <div className="min-w-0 flex-1 basis-44">
          <p className="flex flex-wrap items-center gap-x-2 font-medium">
            {device.label}
            {isHere && (
              <span className="rounded-full border px-2 py-0.5 text-xs text-success">{t('here')}</span>
            )}
          </p>
          <p className="text-sm text-muted">
            {device.endpoint_host} ·{' '}
            {device.last_used_at
              ? t.rich('lastUsed', { time: () => <RelativeTime value={device.last_used_at ?? ''} /> })
              : t('neverUsed')}
          </p>
        </div>
        <div className="flex gap-2">
          {button}
          <Button
            size="sm"
            variant="danger"
            aria-label={t('remove', { device: device.label })}
            title={t('remove', { device: device.label })}
            isBusy={remove.isPending}
            onClick={() => remove.mutate(device, { onError: (error) => void toast.error(sentence(error)) })}
          >
            {!remove.isPending && <Trash2 aria-hidden />}
          </Button>
        </div>
      </div>
      <div className="pl-9">{note}</div>
    </li>
  );
}
