'use client';
import { BellRing, Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { faultOf, type useThisDevice } from './use-this-device';

type Device = ReturnType<typeof useThisDevice>;

/** Switching push messages on here; or why this browser does not offer it, and what to do about that. */
export function ThisDevice({ support, current, devices, enable }: Device) {
  const t = useTranslations('Notifications.devices');
  const sentence = useErrorSentence();
  if (support === null || devices.isPending) return <Skeleton className="h-20" />;
  if (support === 'blocked') {
    return (
      <Alert tone="warning" title={t('blocked.title')}>
        <ol className="mt-1 ml-4 list-decimal space-y-0.5">
          <li>{t('blocked.open')}</li>
          <li>{t('blocked.allow')}</li>
          <li>{t('blocked.reload')}</li>
        </ol>
      </Alert>
    );
  }
  if (support !== 'ready') {
    return (
      <Alert tone="warning" title={t(`${support}.title`)}>
        {t(`${support}.text`)}
      </Alert>
    );
  }
  if (current) {
    return (
      <Panel icon={<BellRing aria-hidden className="size-5 text-success" />} title={t('on.title')}>
        {t('on.text')}
      </Panel>
    );
  }
  const fault = enable.error && faultOf(enable.error);
  return (
    <div className="grid grid-cols-1 gap-3">
      <Panel
        icon={<Smartphone aria-hidden className="size-5 text-muted" />}
        title={t('off.title')}
        action={
          <Button isBusy={enable.isPending} onClick={() => enable.mutate()}>
            {t('off.action')}
          </Button>
        }
      >
        {t('off.text')}
      </Panel>
      {enable.error && <Alert>{fault ? t(`faults.${fault}`) : sentence(enable.error)}</Alert>}
    </div>
  );
}

interface PanelProps {
  icon: ReactNode;
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

const Panel = ({ icon, title, action, children }: PanelProps) => (
  <div className="flex flex-wrap items-center gap-4">
    <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-raised">{icon}</span>
    <div className="min-w-0 flex-1 basis-52">
      <p className="font-medium">{title}</p>
      <p className="text-sm leading-relaxed text-muted">{children}</p>
    </div>
    {action}
  </div>
);
