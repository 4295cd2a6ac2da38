import { notificationKeys } from '@ultrarslanoglu/api-client/queries/notifications';
import type { NotificationRead } from '@ultrarslanoglu/api-client';
import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test } from 'vitest';
import {
  applyChangedElsewhere,
  applyDeleted,
  applyRead,
  applyUnread,
  findKnown,
  setUnreadCount,
} from './apply-notification-event';

const at = '2026-11-23T09:00:00Z';
const make = (id: string, read_at: string | null = null): NotificationRead => ({
  id,
  kind: 'note',
  title: id,
  body: '',
  href: '/',
  workspace: null,
  created_at: at,
  read_at,
  is_urgent: false,
});

let client: QueryClient;
beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(notificationKeys.newest, { items: [make('a'), make('b')], next_cursor: null });
  client.setQueryData(notificationKeys.list({}), {
    pages: [
      { items: [make('a'), make('b')], next_cursor: 'x' },
      { items: [make('c'), make('d', '2026-11-01T00:00:00Z')], next_cursor: null },
    ],
    pageParams: [null, 'x'],
  });
});

const readAt = (id: string) => findKnown(client, id)?.read_at;

test('what was read elsewhere is read in the bell and in every page of the list', () => {
  applyRead(client, ['a', 'c'], at);
  expect([readAt('a'), readAt('b'), readAt('c')]).toEqual([at, null, at]);
  const bell = client.getQueryData<{ items: NotificationRead[] }>(notificationKeys.newest);
  expect(bell?.items.map((item) => item.read_at)).toEqual([at, null]);
});

test('reading all keeps the time of those that were read before', () => {
  applyRead(client, null, at);
  expect([readAt('b'), readAt('d')]).toEqual([at, '2026-11-01T00:00:00Z']);
});

test('one becomes unread again', () => {
  applyUnread(client, 'd');
  expect(readAt('d')).toBeNull();
});

test('a deleted one is gone everywhere', () => {
  applyDeleted(client, 'b');
  expect(findKnown(client, 'b')).toBeNull();
  expect(findKnown(client, 'a')).not.toBeNull();
});

test('a change that this page made is not asked for again', () => {
  const isStale = () => client.getQueryState(notificationKeys.list({}))?.isInvalidated;
  setUnreadCount(client, 2);
  applyChangedElsewhere(client, 2);
  expect(isStale()).toBe(false);
  applyChangedElsewhere(client, 1);
  expect(isStale()).toBe(true);
  expect(client.getQueryData(notificationKeys.unread)).toEqual({ count: 1 });
});

test('the count never falls below nothing', () => {
  setUnreadCount(client, -1);
  expect(client.getQueryData(notificationKeys.unread)).toEqual({ count: 0 });
});
