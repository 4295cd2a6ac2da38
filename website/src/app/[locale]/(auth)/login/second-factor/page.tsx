import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { destinationQuery } from '@/features/auth/destination';
import { SecondFactorPanel } from '@/features/auth/second-factor-panel';
import { destinationFrom } from '../../arrival';
import { AuthCard } from '../../auth-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth.secondFactor');
  return { title: t('title') };
}

export default async function SecondFactorPage({ searchParams }: PageProps<'/[locale]/login/second-factor'>) {
  const [query, t] = await Promise.all([searchParams, getTranslations('Auth.secondFactor')]);
  const destination = await destinationFrom(query);
  return (
    <AuthCard
      title={t('title')}
      lead={t('lead')}
      question={t('question')}
      answer={t('answer')}
      href={`/login?${destinationQuery(destination)}`}
    >
      <SecondFactorPanel destination={destination} />
    </AuthCard>
  );
}
