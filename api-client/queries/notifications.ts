/** Requests of the noun "notifications": what has been told, what to tell by which channel, and the devices that get push messages. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApiClient, Kind, PersonalChannel, PreferencesUpdate, SubscriptionCreate } from '../client';
import { unwrap } from '../errors';

export interface NotificationFilters {
  unread?: boolean | undefined;
  kind?: Kind | undefined;
}

export const notificationKeys = {
  all: ['notifications'] as const,
  lists: ['notifications', 'list'] as const,
  list: (filters: NotificationFilters) => ['notifications', 'list', filters] as const,
  newest: ['notifications', 'newest'] as const,
  unread: ['notifications', 'unread'] as const,
  preferences: ['notifications', 'preferences'] as const,
  devices: ['notifications', 'devices'] as const,
};

export const notificationListQuery = (api: ApiClient, filters: NotificationFilters, limit = 30) =>
  infiniteQueryOptions({
    queryKey: notificationKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/notifications', {
          params: { query: { ...filters, limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

/** What the bell shows. */
export const newestNotificationsQuery = (api: ApiClient, limit = 8) =>
  queryOptions({
    queryKey: notificationKeys.newest,
    queryFn: ({ signal }) => unwrap(api.GET('/api/notifications', { params: { query: { limit } }, signal })),
  });

export const unreadQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: notificationKeys.unread,
    queryFn: ({ signal }) => unwrap(api.GET('/api/notifications/unread', { signal })),
  });

export const markRead = (api: ApiClient, notification_id: string) =>
  unwrap(api.POST('/api/notifications/{notification_id}/read', { params: { path: { notification_id } } }));

export const markUnread = (api: ApiClient, notification_id: string) =>
  unwrap(api.POST('/api/notifications/{notification_id}/unread', { params: { path: { notification_id } } }));

/** `before` is the newest that the reader has seen: what came after it stays unread. */
export const markAllRead = (api: ApiClient, before: string | null) =>
  unwrap(api.POST('/api/notifications/read-all', { body: { before } }));

/** `keepalive` lets the request outlive the page. */
export const deleteNotification = (api: ApiClient, notification_id: string, keepalive = false) =>
  unwrap(
    api.DELETE('/api/notifications/{notification_id}', {
      params: { path: { notification_id } },
      keepalive,
    }),
  );

export const preferencesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: notificationKeys.preferences,
    queryFn: ({ signal }) => unwrap(api.GET('/api/notifications/preferences', { signal })),
  });

export const updatePreferences = (api: ApiClient, body: PreferencesUpdate) =>
  unwrap(api.PUT('/api/notifications/preferences', { body }));

export const testChannel = (api: ApiClient, channel: PersonalChannel) =>
  unwrap(api.POST('/api/notifications/test', { body: { channel } }));

export const pushKey = (api: ApiClient) => unwrap(api.GET('/api/notifications/push/key'));

export const devicesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: notificationKeys.devices,
    queryFn: ({ signal }) => unwrap(api.GET('/api/notifications/push/subscriptions', { signal })),
  });

export const addDevice = (api: ApiClient, body: SubscriptionCreate) =>
  unwrap(api.POST('/api/notifications/push/subscriptions', { body }));

export const removeDevice = (api: ApiClient, device_id: string) =>
  unwrap(
    api.DELETE('/api/notifications/push/subscriptions/{device_id}', {
      params: { path: { device_id } },
    }),
  );

export const testDevice = (api: ApiClient, device_id: string) =>
  unwrap(
    api.POST('/api/notifications/push/subscriptions/{device_id}/test', {
      params: { path: { device_id } },
    }),
  );

export const subscriptionQuery = (api: ApiClient, token: string) =>
  queryOptions({
    queryKey: ['unsubscribe', token] as const,
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/notifications/unsubscribe/{token}', { params: { path: { token } }, signal })),
  });

export const unsubscribe = (api: ApiClient, token: string) =>
  unwrap(api.POST('/api/notifications/unsubscribe/{token}', { params: { path: { token } } }));

export const subscribeAgain = (api: ApiClient, token: string) =>
  unwrap(api.POST('/api/notifications/unsubscribe/{token}/undo', { params: { path: { token } } }));
