import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ForgotForm } from '@/features/auth/forgot-form';
import { Link } from '@/i18n/navigation';
import { LetterCard } from '../letter-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth.forgotPage');
  return { title: t('title') };
}

export default async function ForgotPasswordPage() {
  const t = await getTranslations('Auth.forgotPage');
  return (
    <div className="w-full max-w-md">
      <LetterCard title={t('title')} lead={t('lead')}>
        <ForgotForm />
      </LetterCard>
      <p className="mt-6 text-center text-sm text-muted">
        {t('question')}{' '}
        <Link href="/login" className="rounded font-medium text-link underline underline-offset-4">
          {t('answer')}
        </Link>
      </p>
    </div>
  );
}
