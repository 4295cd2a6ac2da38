'use client';
import type { HookCallRead } from '@ultrarslanoglu/api-client';
import { hookCallsQuery } from '@ultrarslanoglu/api-client/queries/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Check, CircleAlert, Repeat2, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { LoadMore } from '@/components/ui/load-more';
import { NotLoaded } from '@/components/ui/not-loaded';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';

const looks: Record<HookCallRead['status'], { icon: LucideIcon; className: string }> = {
  accepted: { icon: Check, className: 'text-success' },
  duplicate: { icon: Repeat2, className: 'text-info' },
  refused: { icon: CircleAlert, className: 'text-danger' },
};

/** Who called lately, and what became of it. */
export function CallLog({ id }: { id: string }) {
  const t = useTranslations('Hooks.calls');
  // Somebody who is trying a hook out looks at this meanwhile.
  const calls = useInfiniteQuery({ ...hookCallsQuery(api, id), refetchInterval: 5_000 });
  const items = itemsOf(calls.data);
  if (!calls.data) {
    return (
      <NotLoaded query={calls}>
        <Skeleton className="h-40 rounded-card" />
      </NotLoaded>
    );
  }
  return (
    <Card className="grid grid-cols-1 p-0 sm:p-0">
      {items.length === 0 && <p className="p-5 text-sm text-muted">{t('none')}</p>}
      <ol className="divide-y">
        {items.map((call) => {
          const { icon: Icon, className } = looks[call.status];
          return (
            <li key={call.id} className="flex gap-3 px-5 py-3.5 text-sm">
              <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
              <div className="min-w-0 flex-1">
                <p className="font-medium">{t(`statuses.${call.status}`)}</p>
                {call.reason && <p className="leading-relaxed break-words text-muted">{call.reason}</p>}
                <RelativeTime value={call.at} className="text-xs text-muted" />
              </div>
              {call.job_id && (
                <Link
                  href={`/jobs/${call.job_id}`}
                  className="shrink-0 self-start rounded text-link underline underline-offset-4"
                >
                  {t('openJob')}
                </Link>
              )}
            </li>
          );
        })}
      </ol>
      {calls.hasNextPage && (
        <div className="p-3">
          <LoadMore list={calls} isByHand />
        </div>
      )}
    </Card>
  );
}
