'use client';
import { preferencesQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { api } from '@/lib/api';

/** Kinds and their names are the gateway's. */
export function useKinds() {
  return useQuery(preferencesQuery(api)).data?.kinds ?? [];
}

/** The name of a kind; a test is no kind that can be chosen. */
export function useKindName() {
  const t = useTranslations('Webhooks.deliveries');
  const kinds = useKinds();
  return (kind: string) =>
    kind === 'test' ? t('test') : (kinds.find((known) => known.kind === kind)?.title ?? kind);
}
