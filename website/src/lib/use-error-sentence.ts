'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useTranslations } from 'next-intl';

/** One sentence for any error. The gateway's own is already in the reader's language; the rest is said by the page. */
export function useErrorSentence() {
  const t = useTranslations('Errors');
  return (error: unknown): string => {
    if (error instanceof ApiError) return error.code === 'unexpected_reply' ? t('unexpected') : error.message;
    return t('unreachable');
  };
}
