'use client';
import { unreadQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { usePendingDeletions } from './use-pending-deletions';

/** How many are unread, without those that are about to be deleted. */
export function useUnreadCount(): number {
  const count = useQuery(unreadQuery(api)).data?.count ?? 0;
  const pending = [...usePendingDeletions().values()].filter(({ isUnread }) => isUnread).length;
  return Math.max(0, count - pending);
}
