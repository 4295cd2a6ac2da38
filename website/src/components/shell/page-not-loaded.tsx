'use client';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useErrorSentence } from '@/lib/use-error-sentence';

interface Props {
  query: { isError: boolean; isFetching: boolean; error: unknown; refetch: () => unknown };
  /** What stands there while it is under way. */
  children: ReactNode;
}

/** NotLoaded for a page that has nothing else: with a heading, and a way on. */
export function PageNotLoaded({ query, children }: Props) {
  const t = useTranslations('ErrorPage');
  const sentence = useErrorSentence();
  if (!query.isError) return children;
  return (
    <EmptyState
      isPage
      icon={CircleAlert}
      title={t('title')}
      action={
        <Button isBusy={query.isFetching} onClick={() => void query.refetch()}>
          {t('again')}
        </Button>
      }
    >
      {sentence(query.error)}
    </EmptyState>
  );
}
