'use client';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { LoadError } from './load-error';
import { LoadMore, type InfiniteList } from './load-more';
import { Loading } from './loading';

interface Props {
  list: InfiniteList & { isPending: boolean; isPlaceholderData: boolean; refetch: () => unknown };
  /** Of all pages that are there. */
  items: readonly unknown[];
  /** Read out while the first page is under way. */
  loading: string;
  skeleton: ReactNode;
  /** Stands where there is nothing. */
  empty: ReactNode;
  /** More is shown when it is asked for. */
  isByHand?: boolean;
  /** The items as they are shown. */
  children: ReactNode;
}

/** What was found: under way, refused, nothing, or items that may go on. Items of the search before stay, paler, until those of the new one are there. */
export function ListResults({ list, items, loading, skeleton, empty, isByHand = false, children }: Props) {
  if (list.isPending) {
    return <Loading label={loading}>{skeleton}</Loading>;
  }
  if (list.isError && items.length === 0) {
    return <LoadError error={list.error} onAgain={() => void list.refetch()} />;
  }
  if (items.length === 0 && !list.hasNextPage) return empty;
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className={cn('min-w-0 transition-opacity', list.isPlaceholderData && 'opacity-60')}>
        {children}
      </div>
      <LoadMore list={list} isByHand={isByHand} />
    </div>
  );
}
