'use client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { newestNotificationsQuery, notificationKeys } from '@ultrarslanoglu/api-client/queries/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { toast } from 'sonner';
import { usePathname, useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useLiveEvents } from '@/lib/live/live-provider';
import { applyCreated, applyChangedElsewhere } from './apply-notification-event';
import { hrefFrom } from './href-from';
import { finishAll } from './pending-deletions';
import { useNotificationActions } from './use-notification-actions';

interface Created {
  id: string;
  kind: string;
  title_tr: string;
  title_en: string;
  href: string;
  workspace_id: string | null;
  unread: number;
}

interface Changed {
  /** Read, unread again or deleted; null for all. */
  ids: string[] | null;
  unread: number;
}

/** Long enough to be read and reached, also by keyboard. */
const shownFor = 8_000;

/** Keeps bell, list and count current, and says what is new while somebody looks: in a corner, without taking the focus. */
export function LiveNotifications() {
  const t = useTranslations('Notifications');
  const locale = useLocale();
  const router = useRouter();
  const path = usePathname();
  const client = useQueryClient();
  const { read } = useNotificationActions();

  async function tell({ id, title_tr, title_en, ...created }: Created) {
    const here = client.getQueryData(meQuery(api).queryKey)?.workspace.id;
    const href = hrefFrom(here, created.href, created.workspace_id);
    // The list shows it by itself; and nobody reads a tab that is behind another.
    if (path === '/notifications' || document.visibilityState === 'hidden') return;
    // Whoever is looking at what it is about sees it happen.
    if (path === href) {
      read.mutate(id);
      return;
    }
    // The event says what happened; to which video, the notification itself says.
    const newest = await client
      .fetchQuery({ ...newestNotificationsQuery(api), staleTime: 0 })
      .catch(() => undefined);
    const description = newest?.items.find((item) => item.id === id)?.body;
    toast(locale === 'tr' ? title_tr : title_en, {
      id: `notification-${id}`,
      ...(description ? { description } : {}),
      duration: shownFor,
      action: {
        label: t('open'),
        onClick: () => {
          read.mutate(id);
          // A note may lead to another site.
          if (href.startsWith('/')) router.push(href);
          else window.open(href, '_blank', 'noopener');
        },
      },
    });
  }

  useLiveEvents(
    {
      'notification.created': (data) => {
        const created = data as Created;
        applyCreated(client, created.unread);
        void tell(created);
      },
      'notification.read': (data) => {
        const { ids, unread } = data as Changed;
        applyChangedElsewhere(client, unread);
        for (const id of ids ?? []) toast.dismiss(`notification-${id}`);
      },
    },
    () => void client.invalidateQueries({ queryKey: notificationKeys.all }),
  );

  useEffect(() => {
    window.addEventListener('pagehide', finishAll);
    return () => window.removeEventListener('pagehide', finishAll);
  }, []);
  return null;
}
