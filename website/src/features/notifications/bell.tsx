'use client';
import { Bell } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Popover } from '@/components/ui/popover';
import { cn } from '@/lib/cn';
import { BellPanel } from './bell-panel';
import { useUnreadCount } from './use-unread-count';

/** The newest notifications, one key press away on every page. Large in the side bar, only the sign in the phone's top bar. */
export function NotificationBell({ isSmall }: { isSmall?: boolean }) {
  const t = useTranslations('Notifications');
  const count = useUnreadCount();
  return (
    <Popover
      label={t('title')}
      triggerLabel={t('bell', { count })}
      triggerClassName={cn(
        'relative flex items-center rounded-lg text-sm font-medium text-muted transition-colors hover:bg-raised hover:text-fg',
        isSmall ? 'size-11 justify-center' : 'min-h-11 w-full gap-3 px-3',
      )}
      className={
        isSmall
          ? 'inset-x-3 top-16 max-h-[min(36rem,calc(100dvh-9.5rem))] w-auto'
          : 'top-4 left-[15.75rem] max-h-[min(40rem,calc(100dvh-2rem))] w-[26rem]'
      }
      trigger={
        <>
          <Bell aria-hidden className={isSmall ? 'size-5' : 'size-[1.125rem]'} />
          {!isSmall && <span className="flex-1 text-left">{t('title')}</span>}
          {count > 0 && (
            <span
              aria-hidden
              className={cn(
                'grid h-5 min-w-5 place-items-center rounded-full bg-primary px-1.5 text-xs leading-none font-semibold text-primary-fg tabular-nums',
                isSmall && 'absolute top-0.5 right-0 ring-2 ring-surface',
              )}
            >
              {count > 99 ? '99+' : count}
            </span>
          )}
        </>
      }
    >
      <BellPanel />
    </Popover>
  );
}
