import { sessionsQuery, signInSettingsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { factorsQuery, identitiesQuery, keysQuery } from '@ultrarslanoglu/api-client/queries/security';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ArrivalNotice } from '@/features/auth/arrival-notice';
import { providerFrom } from '@/features/auth/destination';
import { EndOthersNotice } from '@/features/security/end-others-notice';
import { IdentitiesSection } from '@/features/security/identities-section';
import { KeysSection } from '@/features/security/keys-section';
import { PasskeysSection } from '@/features/security/passkeys-section';
import { PasswordSection } from '@/features/security/password-section';
import { RecoverySection } from '@/features/security/recovery-section';
import { SessionsSection } from '@/features/security/sessions-section';
import { TotpSection } from '@/features/security/totp-section';
import { SettingsSection } from '@/features/settings/settings-section';
import { Prefetch } from '@/lib/prefetch';
import { providerNames } from '@/lib/providers';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Security');
  return { title: t('title') };
}

const sections = {
  password: PasswordSection,
  passkeys: PasskeysSection,
  totp: TotpSection,
  recovery: RecoverySection,
  identities: IdentitiesSection,
  sessions: SessionsSection,
  keys: KeysSection,
};

export default async function SecurityPage({ searchParams }: PageProps<'/[locale]/settings/security'>) {
  const [{ error, provider, linked }, t] = await Promise.all([searchParams, getTranslations('Security')]);
  const newlyLinked = providerFrom(linked);
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchQuery(factorsQuery(api)),
        client.prefetchQuery(identitiesQuery(api)),
        client.prefetchQuery(signInSettingsQuery(api)),
        client.prefetchQuery(sessionsQuery(api)),
        client.prefetchQuery(keysQuery(api)),
      ]}
    >
      <div className="grid grid-cols-1 gap-8 lg:gap-10">
        {typeof error === 'string' && <ArrivalNotice error={error} provider={providerFrom(provider)} />}
        {newlyLinked && (
          <div className="grid gap-3">
            <p role="status" className="rounded-lg bg-raised px-4 py-3 text-sm">
              {t('identities.linked', { provider: providerNames[newlyLinked] })}
            </p>
            <EndOthersNotice />
          </div>
        )}
        {Object.entries(sections).map(([name, Section]) => (
          <SettingsSection
            key={name}
            id={name}
            title={t(`${name as keyof typeof sections}.title`)}
            text={t(`${name as keyof typeof sections}.text`)}
          >
            <Section />
          </SettingsSection>
        ))}
      </div>
    </Prefetch>
  );
}
