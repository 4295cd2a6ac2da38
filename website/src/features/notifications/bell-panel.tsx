'use client';
import { newestNotificationsQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import { useQuery } from '@tanstack/react-query';
import { BellOff, CheckCheck, Settings } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Loading } from '@/components/ui/loading';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Button } from '@/components/ui/button';
import { useClosePopover } from '@/components/ui/popover';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { NotificationRow } from './notification-row';
import { useNotificationActions } from './use-notification-actions';
import { usePendingDeletions } from './use-pending-deletions';
import { useUnreadCount } from './use-unread-count';

export function BellPanel() {
  const t = useTranslations('Notifications');
  const close = useClosePopover();
  const newest = useQuery(newestNotificationsQuery(api));
  const hidden = usePendingDeletions();
  const { readAll } = useNotificationActions();
  const unread = useUnreadCount();
  const items = newest.data?.items.filter((item) => !hidden.has(item.id));

  return (
    <div className="flex max-h-[inherit] flex-col">
      <div className="flex items-center gap-1 border-b py-2 pr-2 pl-4">
        <h2 className="flex-1 font-semibold">{t('title')}</h2>
        <Button
          variant="ghost"
          size="sm"
          className="text-muted"
          disabled={unread === 0}
          onClick={() => readAll.mutate(items?.[0]?.id ?? null)}
        >
          <CheckCheck aria-hidden />
          {t('readAll')}
        </Button>
        <Button asChild variant="ghost" size="icon" className="text-muted">
          <Link
            href="/settings/notifications"
            aria-label={t('settings')}
            title={t('settings')}
            onClick={close}
          >
            <Settings aria-hidden />
          </Link>
        </Button>
      </div>
      {!newest.data && (
        <div className={newest.isError ? 'p-4' : ''}>
          <NotLoaded query={newest}>
            <LoadingRows />
          </NotLoaded>
        </div>
      )}
      {items?.length === 0 && (
        <div className="grid justify-items-center gap-2 px-6 py-12 text-center">
          <BellOff aria-hidden className="mb-1 size-7 text-muted" />
          <p className="font-medium">{t('none.title')}</p>
          <p className="text-sm text-balance text-muted">{t('none.text')}</p>
        </div>
      )}
      {items && items.length > 0 && (
        <ul className="min-h-0 flex-1 divide-y overflow-y-auto overscroll-contain">
          {items.map((item) => (
            <NotificationRow key={item.id} notification={item} isCompact onOpen={close} />
          ))}
        </ul>
      )}
      <div className="border-t p-2">
        <Button asChild variant="ghost" className="w-full">
          <Link href="/notifications" onClick={close}>
            {t('all')}
          </Link>
        </Button>
      </div>
    </div>
  );
}

function LoadingRows() {
  const t = useTranslations('Notifications');
  return (
    <Loading label={t('loading')} className="grid gap-4 p-4">
      {[0, 1, 2].map((row) => (
        <div key={row} className="flex gap-3">
          <Skeleton className="size-9" />
          <div className="grid flex-1 gap-2">
            <Skeleton className="h-4 w-3/4" />
            <Skeleton className="h-4 w-1/2" />
          </div>
        </div>
      ))}
    </Loading>
  );
}
