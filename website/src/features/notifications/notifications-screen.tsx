'use client';
import { preferencesQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import { useQuery } from '@tanstack/react-query';
import { CheckCheck, Settings } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { FilterPills } from '@/components/ui/filter-pills';
import { SelectField } from '@/components/ui/select-field';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { NotificationList } from './notification-list';
import { useNotificationActions } from './use-notification-actions';
import { useNotificationFilters } from './use-notification-filters';
import { useUnreadCount } from './use-unread-count';

export function NotificationsScreen() {
  const t = useTranslations('Notifications');
  const { filters, change } = useNotificationFilters();
  const { readAll } = useNotificationActions();
  const unread = useUnreadCount();
  // The kinds and their names are the gateway's: a new one appears here by itself.
  const kinds = useQuery(preferencesQuery(api)).data?.kinds ?? [];

  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-6">
      <header className="flex flex-wrap items-center justify-between gap-4">
        <div>
          <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
          <p className="mt-1 text-muted" aria-live="polite">
            {t('unreadCount', { count: unread })}
          </p>
        </div>
        <div className="flex gap-2">
          <Button
            variant="outline"
            disabled={unread === 0}
            isBusy={readAll.isPending}
            onClick={() => readAll.mutate(null)}
          >
            {!readAll.isPending && <CheckCheck aria-hidden />}
            {t('readAll')}
          </Button>
          <Button asChild variant="outline" size="icon">
            <Link href="/settings/notifications" aria-label={t('settings')} title={t('settings')}>
              <Settings aria-hidden />
            </Link>
          </Button>
        </div>
      </header>
      <search className="flex items-center justify-between gap-3">
        <FilterPills
          legend={t('filter')}
          choices={[
            { value: undefined, name: t('filters.all') },
            { value: 'unread', name: t('filters.unread') },
          ]}
          value={filters.unread ? 'unread' : undefined}
          onChange={(value) => change({ unread: value === 'unread' || undefined })}
        />
        <div className="max-w-64 min-w-0 flex-1">
          <SelectField
            label={t('kind')}
            isLabelHidden
            value={filters.kind ?? ''}
            onChange={(event) =>
              change({ kind: kinds.find(({ kind }) => kind === event.target.value)?.kind })
            }
            className="text-sm"
          >
            <option value="">{t('allKinds')}</option>
            {kinds.map(({ kind, title }) => (
              <option key={kind} value={kind}>
                {title}
              </option>
            ))}
          </SelectField>
        </div>
      </search>
      <NotificationList filters={filters} onClear={() => change({ unread: undefined, kind: undefined })} />
    </div>
  );
}
