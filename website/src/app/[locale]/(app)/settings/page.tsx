import { sessionsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Appearance } from '@/features/settings/appearance';
import { PasswordForm } from '@/features/settings/password-form';
import { ProfileForm } from '@/features/settings/profile-form';
import { Sessions } from '@/features/settings/sessions';
import { SettingsSection } from '@/features/settings/settings-section';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Nav');
  return { title: t('settings') };
}

export default async function SettingsPage() {
  const [me, t] = await Promise.all([currentPerson(), getTranslations('Settings')]);
  if (!me) return null;
  return (
    <Prefetch load={(client, api) => [client.prefetchQuery(sessionsQuery(api))]}>
      <div className="grid grid-cols-1 gap-8 lg:gap-10">
        <SettingsSection id="profile" title={t('profile.title')} text={t('profile.text')}>
          <ProfileForm user={me.user} />
        </SettingsSection>
        <SettingsSection id="appearance" title={t('appearance.title')} text={t('appearance.text')}>
          <Appearance />
        </SettingsSection>
        <SettingsSection id="password" title={t('password.title')} text={t('password.text')}>
          <PasswordForm />
        </SettingsSection>
        <SettingsSection id="sessions" title={t('sessions.title')} text={t('sessions.text')}>
          <Sessions />
        </SettingsSection>
      </div>
    </Prefetch>
  );
}
