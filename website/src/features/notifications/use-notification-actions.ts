'use client';
import {
  deleteNotification,
  markAllRead,
  markRead,
  markUnread,
  notificationKeys,
  unreadQuery,
} from '@ultrarslanoglu/api-client/queries/notifications';
import type { NotificationRead } from '@ultrarslanoglu/api-client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import {
  applyDeleted,
  applyRead,
  applyUnread,
  changeKey,
  findKnown,
  setUnreadCount,
} from './apply-notification-event';
import { deleteLater, takeBack, undoTime } from './pending-deletions';

/** What a person can do to notifications. Each shows at once; what the gateway refuses is read again and said. */
export function useNotificationActions() {
  const t = useTranslations('Notifications');
  const client = useQueryClient();
  const sentence = useErrorSentence();

  const count = () => client.getQueryData(unreadQuery(api).queryKey)?.count ?? 0;
  const onError = (error: Error) => {
    toast.error(sentence(error));
    void client.invalidateQueries({ queryKey: notificationKeys.all });
  };
  // Events of these changes overtake each other while several are under way: the last one asks for the count.
  const onSettled = () => {
    if (client.isMutating({ mutationKey: changeKey }) > 1) return;
    return client.invalidateQueries({ queryKey: notificationKeys.unread });
  };

  const read = useMutation({
    mutationKey: changeKey,
    mutationFn: (id: string) => markRead(api, id),
    onMutate: (id) => {
      // Unknown here, for example opened from a message of the browser: the live event says the count.
      if (findKnown(client, id)?.read_at !== null) return;
      applyRead(client, [id], new Date().toISOString());
      setUnreadCount(client, count() - 1);
    },
    onError,
    onSettled,
  });
  const unread = useMutation({
    mutationKey: changeKey,
    mutationFn: (id: string) => markUnread(api, id),
    onMutate: (id) => {
      applyUnread(client, id);
      setUnreadCount(client, count() + 1);
    },
    onError,
    onSettled,
  });
  const readAll = useMutation({
    mutationKey: changeKey,
    mutationFn: (newest: string | null) => markAllRead(api, newest),
    onMutate: () => {
      applyRead(client, null, new Date().toISOString());
      setUnreadCount(client, 0);
    },
    onError,
    onSettled,
  });

  function remove(notification: NotificationRead) {
    const { id } = notification;
    deleteLater(id, notification.read_at === null, (isLeaving) => {
      if (findKnown(client, id)?.read_at === null) setUnreadCount(client, count() - 1);
      applyDeleted(client, id);
      toast.dismiss(id);
      deleteNotification(api, id, isLeaving).catch(onError);
    });
    toast(t('deleted'), {
      id,
      duration: undoTime,
      action: { label: t('undo'), onClick: () => void takeBack(id) },
    });
  }

  return { read, unread, readAll, remove };
}
