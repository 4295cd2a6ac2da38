'use client';
import { useTranslations } from 'next-intl';
import { messageKey } from './actions';

/** An action in words; one that has none yet keeps its own name. */
export function useActionName() {
  const t = useTranslations('Audit.actions');
  return (action: string): string => {
    const key = messageKey(action) as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : action;
  };
}
