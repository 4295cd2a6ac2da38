import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterPanel } from '@/features/auth/letter-panel';
import { LetterCard, letterMetadata } from '../letter-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth.letter.verifyEmail');
  return letterMetadata(t('title'));
}

export default async function VerifyEmailPage({ searchParams }: PageProps<'/[locale]/verify-email'>) {
  const [{ token }, t] = await Promise.all([searchParams, getTranslations('Auth.letter.verifyEmail')]);
  return (
    <LetterCard title={t('title')}>
      <LetterPanel letter="verifyEmail" token={typeof token === 'string' ? token : ''} />
    </LetterCard>
  );
}
