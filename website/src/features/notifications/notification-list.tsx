'use client';
import {
  notificationListQuery,
  type NotificationFilters,
} from '@ultrarslanoglu/api-client/queries/notifications';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Bell, BellOff, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ListResults } from '@/components/ui/list-results';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { DayHeading, useZone } from './day-heading';
import { groupByDay } from './day-groups';
import { NotificationRow } from './notification-row';
import { usePendingDeletions } from './use-pending-deletions';

interface Props {
  filters: NotificationFilters;
  onClear: () => void;
}

export function NotificationList({ filters, onClear }: Props) {
  const t = useTranslations('Notifications');
  const zone = useZone();
  const keeper = useFocusKeeper<HTMLDivElement>();
  const hidden = usePendingDeletions();
  const list = useInfiniteQuery({
    ...notificationListQuery(api, filters),
    placeholderData: (previous) => previous,
  });
  const items = itemsOf(list.data).filter((item) => !hidden.has(item.id));

  return (
    <div ref={keeper}>
      <ListResults
        list={list}
        items={items}
        loading={t('loading')}
        skeleton={<RowsSkeleton />}
        empty={<Nothing filters={filters} onClear={onClear} />}
      >
        <div className="grid grid-cols-1 gap-6">
          {groupByDay(items, zone).map(({ day, items: ofDay }) => (
            <section key={day} aria-labelledby={`day-${day}`}>
              <DayHeading id={`day-${day}`} day={day} zone={zone} />
              <Card className="overflow-hidden p-0 sm:p-0">
                <ul className="divide-y">
                  {ofDay.map((item) => (
                    <NotificationRow key={item.id} notification={item} />
                  ))}
                </ul>
              </Card>
            </section>
          ))}
        </div>
      </ListResults>
    </div>
  );
}

const RowsSkeleton = () => (
  <div className="grid gap-3">
    {[0, 1, 2, 3].map((row) => (
      <Skeleton key={row} className="h-20 rounded-card" />
    ))}
  </div>
);

function Nothing({ filters, onClear }: Props) {
  if (filters.unread && !filters.kind) return <NothingUnread onClear={onClear} />;
  return filters.kind ? <NothingFound onClear={onClear} /> : <NothingYet />;
}

function NothingYet() {
  const t = useTranslations('Notifications.none');
  return (
    <EmptyState
      icon={Bell}
      title={t('title')}
      action={
        <Button asChild variant="outline">
          <Link href="/settings/notifications">{t('action')}</Link>
        </Button>
      }
    >
      {t('text')}
    </EmptyState>
  );
}

function NothingUnread({ onClear }: { onClear: () => void }) {
  const t = useTranslations('Notifications.nothingUnread');
  return (
    <EmptyState icon={BellOff} title={t('title')} action={<ClearButton onClick={onClear} />}>
      {t('text')}
    </EmptyState>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const t = useTranslations('Notifications.nothingFound');
  return (
    <EmptyState icon={SearchX} title={t('title')} action={<ClearButton onClick={onClear} />}>
      {t('text')}
    </EmptyState>
  );
}

function ClearButton({ onClick }: { onClick: () => void }) {
  const t = useTranslations('Notifications');
  return (
    <Button variant="outline" onClick={onClick}>
      {t('showAll')}
    </Button>
  );
}
