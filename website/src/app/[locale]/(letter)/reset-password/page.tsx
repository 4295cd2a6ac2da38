import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ResetForm } from '@/features/auth/reset-form';
import { LetterCard, letterMetadata } from '../letter-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth.letter.reset');
  return letterMetadata(t('title'));
}

export default async function ResetPasswordPage({ searchParams }: PageProps<'/[locale]/reset-password'>) {
  const [{ token }, t] = await Promise.all([searchParams, getTranslations('Auth.letter.reset')]);
  return (
    <LetterCard title={t('title')}>
      <ResetForm token={typeof token === 'string' ? token : ''} />
    </LetterCard>
  );
}
