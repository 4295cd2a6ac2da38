import { devicesQuery, preferencesQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Channels } from '@/features/notifications/channels';
import { Devices } from '@/features/notifications/devices';
import { Digest } from '@/features/notifications/digest';
import { KindMatrix } from '@/features/notifications/kind-matrix';
import { QuietHoursForm } from '@/features/notifications/quiet-hours';
import { SettingsSection } from '@/features/settings/settings-section';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Notifications');
  return { title: t('settings') };
}

export default async function NotificationSettingsPage() {
  const [me, t] = await Promise.all([currentPerson(), getTranslations('Notifications')]);
  if (!me) return null;
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(preferencesQuery(api)),
        client.prefetchQuery(devicesQuery(api)),
      ]}
    >
      <div className="grid grid-cols-1 gap-8 lg:gap-10">
        <SettingsSection id="preferences" title={t('preferences.title')} text={t('preferences.text')}>
          <KindMatrix />
        </SettingsSection>
        <SettingsSection id="channels" title={t('channels.title')} text={t('channels.text')}>
          <Channels email={me.user.email} />
        </SettingsSection>
        <SettingsSection id="devices" title={t('devices.title')} text={t('devices.text')}>
          <Devices userId={me.user.id} />
        </SettingsSection>
        <SettingsSection id="quiet" title={t('quiet.title')} text={t('quiet.lead')}>
          <QuietHoursForm />
        </SettingsSection>
        <SettingsSection id="digest" title={t('digest.title')} text={t('digest.text')}>
          <Digest />
        </SettingsSection>
      </div>
    </Prefetch>
  );
}
