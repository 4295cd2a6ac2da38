/** Writes what happened to notifications into the cache, so that the bell, the list and the count agree at once. */
import { notificationKeys } from '@ultrarslanoglu/api-client/queries/notifications';
import type { NotificationPage, NotificationRead } from '@ultrarslanoglu/api-client';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { itemsOf } from '@/lib/items-of';

type Pages = InfiniteData<NotificationPage, string | null>;
type Change = (items: NotificationRead[]) => NotificationRead[];

export function setUnreadCount(client: QueryClient, count: number) {
  client.setQueryData<{ count: number }>(notificationKeys.unread, { count: Math.max(0, count) });
}

/** The mutations that change what is read. */
export const changeKey = ['notifications', 'change'] as const;

/** A new one came: its place in each list is known to the gateway only. */
export function applyCreated(client: QueryClient, unread: number) {
  setUnreadCount(client, unread);
  void client.invalidateQueries({ queryKey: notificationKeys.newest });
  void client.invalidateQueries({ queryKey: notificationKeys.lists });
}

/** Read, unread again or deleted, perhaps by this very page: then it knows the count already, and has nothing to ask. */
export function applyChangedElsewhere(client: QueryClient, unread: number) {
  if (client.isMutating({ mutationKey: changeKey }) > 0) return;
  if (client.getQueryData<{ count: number }>(notificationKeys.unread)?.count === unread) return;
  applyCreated(client, unread);
}

/** Some, or for null all, were read. */
export function applyRead(client: QueryClient, ids: readonly string[] | null, readAt: string) {
  changeEverywhere(client, (items) =>
    items.map((item) =>
      item.read_at === null && (ids === null || ids.includes(item.id)) ? { ...item, read_at: readAt } : item,
    ),
  );
}

export function applyUnread(client: QueryClient, id: string) {
  changeEverywhere(client, (items) =>
    items.map((item) => (item.id === id ? { ...item, read_at: null } : item)),
  );
}

export function applyDeleted(client: QueryClient, id: string) {
  changeEverywhere(client, (items) => items.filter((item) => item.id !== id));
}

/** Null while it is in no list that this page holds. */
export function findKnown(client: QueryClient, id: string): NotificationRead | null {
  const newest = client.getQueryData<NotificationPage>(notificationKeys.newest)?.items ?? [];
  const listed = client
    .getQueriesData<Pages>({ queryKey: notificationKeys.lists })
    .flatMap(([, pages]) => itemsOf(pages));
  return [...newest, ...listed].find((item) => item.id === id) ?? null;
}

function changeEverywhere(client: QueryClient, change: Change) {
  const inPage = (page: NotificationPage) => ({ ...page, items: change(page.items) });
  client.setQueryData<NotificationPage>(notificationKeys.newest, (page) => page && inPage(page));
  client.setQueriesData<Pages>(
    { queryKey: notificationKeys.lists },
    (pages) => pages && { ...pages, pages: pages.pages.map(inPage) },
  );
}
