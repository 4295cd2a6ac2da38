import { signInSettingsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ArrivalNotice } from '@/features/auth/arrival-notice';
import { destinationQuery, providerFrom } from '@/features/auth/destination';
import { LoginForm } from '@/features/auth/login-form';
import { Prefetch } from '@/lib/prefetch';
import { destinationFrom, oneOf } from '../arrival';
import { AuthCard } from '../auth-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth');
  return { title: t('login') };
}

export default async function LoginPage({ searchParams }: PageProps<'/[locale]/login'>) {
  const [query, t] = await Promise.all([searchParams, getTranslations('Auth.loginPage')]);
  const destination = await destinationFrom(query);
  const error = oneOf(query.error);
  return (
    <AuthCard
      title={t('title')}
      lead={t('lead')}
      question={t('question')}
      answer={t('answer')}
      href={query.next ? `/register?${destinationQuery(destination)}` : '/register'}
    >
      <Prefetch load={(client, api) => [client.prefetchQuery(signInSettingsQuery(api))]}>
        {(error || destination.link) && (
          <div className="mb-6">
            <ArrivalNotice
              error={error}
              provider={providerFrom(query.provider) ?? destination.link}
              isLinking={destination.link !== null}
            />
          </div>
        )}
        <LoginForm destination={destination} />
      </Prefetch>
    </AuthCard>
  );
}
