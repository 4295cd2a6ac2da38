import { notificationListQuery, preferencesQuery } from '@ultrarslanoglu/api-client/queries/notifications';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { filtersFrom } from '@/features/notifications/filters-from';
import { NotificationsScreen } from '@/features/notifications/notifications-screen';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Notifications');
  return { title: t('title') };
}

export default async function NotificationsPage({ searchParams }: PageProps<'/[locale]/notifications'>) {
  const [query, me] = await Promise.all([searchParams, currentPerson()]);
  if (!me) return null;
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchInfiniteQuery(notificationListQuery(api, filtersFrom(query))),
        client.prefetchQuery(preferencesQuery(api)),
      ]}
    >
      <NotificationsScreen />
    </Prefetch>
  );
}
