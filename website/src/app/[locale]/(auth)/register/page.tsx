import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { RegisterForm } from '@/features/auth/register-form';
import { getPathname } from '@/i18n/navigation';
import { safeNextPath } from '@/lib/next-path';
import { AuthCard } from '../auth-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth');
  return { title: t('register') };
}

export default async function RegisterPage({ searchParams }: PageProps<'/[locale]/register'>) {
  const [{ next }, locale, t] = await Promise.all([
    searchParams,
    getLocale(),
    getTranslations('Auth.registerPage'),
  ]);
  const query = typeof next === 'string' ? `?next=${encodeURIComponent(next)}` : '';
  return (
    <AuthCard
      title={t('title')}
      lead={t('lead')}
      question={t('question')}
      answer={t('answer')}
      href={`/login${query}`}
    >
      <RegisterForm next={next ? safeNextPath(next) : getPathname({ href: '/dashboard', locale })} />
    </AuthCard>
  );
}
