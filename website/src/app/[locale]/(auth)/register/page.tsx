import { signInSettingsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { destinationQuery } from '@/features/auth/destination';
import { RegisterForm } from '@/features/auth/register-form';
import { Prefetch } from '@/lib/prefetch';
import { destinationFrom } from '../arrival';
import { AuthCard } from '../auth-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth');
  return { title: t('register') };
}

export default async function RegisterPage({ searchParams }: PageProps<'/[locale]/register'>) {
  const [query, t] = await Promise.all([searchParams, getTranslations('Auth.registerPage')]);
  const destination = await destinationFrom(query);
  return (
    <AuthCard
      title={t('title')}
      lead={t('lead')}
      question={t('question')}
      answer={t('answer')}
      href={query.next ? `/login?${destinationQuery(destination)}` : '/login'}
    >
      <Prefetch load={(client, api) => [client.prefetchQuery(signInSettingsQuery(api))]}>
        <RegisterForm destination={destination} />
      </Prefetch>
    </AuthCard>
  );
}
