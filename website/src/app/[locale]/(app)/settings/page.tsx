import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EmailForm } from '@/features/security/email-form';
import { Appearance } from '@/features/settings/appearance';
import { ProfileForm } from '@/features/settings/profile-form';
import { SettingsSection } from '@/features/settings/settings-section';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Nav');
  return { title: t('settings') };
}

export default async function SettingsPage() {
  const [me, t, security] = await Promise.all([
    currentPerson(),
    getTranslations('Settings'),
    getTranslations('Security'),
  ]);
  if (!me) return null;
  return (
    <div className="grid grid-cols-1 gap-8 lg:gap-10">
      <SettingsSection id="profile" title={t('profile.title')} text={t('profile.text')}>
        <ProfileForm user={me.user} />
      </SettingsSection>
      <SettingsSection id="email" title={security('email.title')} text={security('email.text')}>
        <EmailForm user={me.user} />
      </SettingsSection>
      <SettingsSection id="appearance" title={t('appearance.title')} text={t('appearance.text')}>
        <Appearance />
      </SettingsSection>
    </div>
  );
}
