'use client';
import { useTranslations } from 'next-intl';
import { PasskeyCancelled, PasskeyUnusable } from './passkeys';
import { useErrorSentence } from './use-error-sentence';

/** One sentence for what can go wrong with a passkey; browsers do not say whether somebody declined or had none. */
export function usePasskeySentence() {
  const t = useTranslations('Errors');
  const sentence = useErrorSentence();
  return (error: unknown): string => {
    if (error instanceof PasskeyCancelled) return t('passkeyCancelled');
    return error instanceof PasskeyUnusable ? t('passkeyUnusable') : sentence(error);
  };
}
