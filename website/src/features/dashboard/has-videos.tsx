'use client';
import { summaryQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import { Clapperboard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { api } from '@/lib/api';
import { useMay } from '@/lib/use-may';

interface Props {
  children: ReactNode;
  /** Shown instead while there is no video at all, to whoever may upload one. */
  invitation: ReactNode;
}

export function HasVideos({ children, invitation }: Props) {
  const summary = useQuery(summaryQuery(api)).data;
  const t = useTranslations('Videos');
  const may = useMay('video:write');
  if (summary?.total !== 0) return children;
  if (may) return invitation;
  return (
    <EmptyState icon={Clapperboard} title={t('none.title')}>
      {t('none.readOnly')}
    </EmptyState>
  );
}
