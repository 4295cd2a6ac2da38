'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef } from 'react';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { Alert } from './alert';
import { Button } from './button';

/** What an infinite query says of itself. */
export interface InfiniteList {
  hasNextPage: boolean;
  isFetching: boolean;
  isFetchingNextPage: boolean;
  isError: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => unknown;
}

interface Props {
  list: InfiniteList;
  /** Waits to be pressed. */
  isByHand?: boolean;
}

/** The end of a list that goes on. Coming near it by scrolling presses the button; by keyboard it is an ordinary one. A refused page is said, and asked for again only by hand. */
export function LoadMore({ list, isByHand = false }: Props) {
  const t = useTranslations('Common');
  const sentence = useErrorSentence();
  const element = useRef<HTMLButtonElement>(null);
  const more = useEffectEvent(() => void list.fetchNextPage());
  // A short page may leave the button in view: it is watched anew after each load.
  const isWatched = !isByHand && list.hasNextPage && !list.isFetching && !list.isError;
  useEffect(() => {
    const button = element.current;
    if (!button || !isWatched) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: '400px',
    });
    observer.observe(button);
    return () => observer.disconnect();
  }, [isWatched]);
  if (!list.hasNextPage) return null;
  return (
    <div className="grid grid-cols-1 justify-items-center gap-3">
      {list.isFetchNextPageError && <Alert>{sentence(list.error)}</Alert>}
      <Button
        ref={element}
        variant="outline"
        isBusy={list.isFetchingNextPage}
        onClick={() => void list.fetchNextPage()}
      >
        {t(list.isFetchNextPageError ? 'again' : 'more')}
      </Button>
    </div>
  );
}
