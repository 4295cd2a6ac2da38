import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LetterPanel } from '@/features/auth/letter-panel';
import { LetterCard, letterMetadata } from '../letter-card';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Auth.letter.confirmEmail');
  return letterMetadata(t('title'));
}

export default async function ConfirmEmailPage({ searchParams }: PageProps<'/[locale]/confirm-email'>) {
  const [{ token }, t] = await Promise.all([searchParams, getTranslations('Auth.letter.confirmEmail')]);
  return (
    <LetterCard title={t('title')}>
      <LetterPanel letter="confirmEmail" token={typeof token === 'string' ? token : ''} />
    </LetterCard>
  );
}
