'use client';
import { devicesQuery, testChannel } from '@ultrarslanoglu/api-client/queries/notifications';
import type { PersonalChannel } from '@ultrarslanoglu/api-client';
import { useQuery } from '@tanstack/react-query';
import { Bell, Mail, MonitorSmartphone, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { api } from '@/lib/api';
import { useTestButton } from './use-test-button';

const icons: Record<PersonalChannel, LucideIcon> = {
  in_app: Bell,
  push: MonitorSmartphone,
  email: Mail,
};

/** The ways by which news reaches this person, each with a test. */
export function Channels({ email }: { email: string }) {
  const t = useTranslations('Notifications.channels');
  const devices = useQuery(devicesQuery(api)).data?.items.length;
  return (
    <ul className="divide-y">
      <ChannelRow channel="in_app" text={t('in_app.text')} />
      <ChannelRow
        channel="push"
        text={devices === undefined ? t('push.text') : t('push.devices', { count: devices })}
        isDisabled={devices === 0}
      />
      <ChannelRow channel="email" text={t('email.text', { email })} />
    </ul>
  );
}

interface RowProps {
  channel: PersonalChannel;
  text: string;
  isDisabled?: boolean;
}

function ChannelRow({ channel, text, isDisabled = false }: RowProps) {
  const t = useTranslations('Notifications.channels');
  const Icon = icons[channel];
  const { button, note } = useTestButton({
    label: t(`${channel}.test`),
    send: () => testChannel(api, channel),
    arrived: t(`${channel}.arrived`),
    isDisabled,
  });
  return (
    <li className="grid grid-cols-1 gap-2 py-4 first:pt-0 last:pb-0">
      <div className="flex items-center gap-4">
        <Icon aria-hidden className="size-5 shrink-0 text-muted" />
        <div className="min-w-0 flex-1">
          <p className="font-medium">{t(`${channel}.name`)}</p>
          <p className="text-sm leading-relaxed break-words text-muted">{text}</p>
        </div>
        {button}
      </div>
      <div className="pl-9">{note}</div>
    </li>
  );
}
