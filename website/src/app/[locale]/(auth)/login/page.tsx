import type { Metadata } from 'next';
import { getLocale, getTranslations } from 'next-intl/server';
import { LoginForm } from '@/features/auth/login-form';
import { getPathname } from '@/i18n/navigation';
import { safeNextPath } from '@/lib/next-path';
import { AuthCard } from '../auth-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth');
  return { title: t('login') };
}

export default async function LoginPage({ searchParams }: PageProps<'/[locale]/login'>) {
  const [{ next }, locale, t] = await Promise.all([
    searchParams,
    getLocale(),
    getTranslations('Auth.loginPage'),
  ]);
  const query = typeof next === 'string' ? `?next=${encodeURIComponent(next)}` : '';
  return (
    <AuthCard
      title={t('title')}
      lead={t('lead')}
      question={t('question')}
      answer={t('answer')}
      href={`/register${query}`}
    >
      <LoginForm next={next ? safeNextPath(next) : getPathname({ href: '/dashboard', locale })} />
    </AuthCard>
  );
}
