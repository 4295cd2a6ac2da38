'use client';
import type { ScheduleRead } from '@ultrarslanoglu/api-client';
import { schedulesQuery } from '@ultrarslanoglu/api-client/queries/schedules';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarClock, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Loading } from '@/components/ui/loading';
import { LoadMore } from '@/components/ui/load-more';
import { NotLoaded } from '@/components/ui/not-loaded';
import { RoleNeeded } from '@/components/ui/role-needed';
import { SectionHeading } from '@/components/ui/section-heading';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useMay } from '@/lib/use-may';
import { useScope } from '@/lib/use-scope';
import { ScheduleDialog } from './schedule-dialog';
import { ScheduleRow } from './schedule-row';

/** What starts by itself: one's own, and for operators that of the whole installation. */
export function ScheduleList() {
  const scope = useScope();
  const may = useMay('jobs:write');
  const t = useTranslations('Schedules');
  // What comes next moves on by itself.
  const schedules = useInfiniteQuery({ ...schedulesQuery(api, scope), refetchInterval: 30_000 });
  const [edited, setEdited] = useState<ScheduleRead | 'new' | null>(null);
  const items = itemsOf(schedules.data);
  const of = (origin: ScheduleRead['origin']) => items.filter((schedule) => schedule.origin === origin);

  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <p className="max-w-prose flex-1 basis-80 text-muted">{t('lead')}</p>
        {may ? (
          <Button onClick={() => setEdited('new')}>
            <Plus aria-hidden />
            {t('create')}
          </Button>
        ) : (
          <RoleNeeded className="max-w-sm">{t('whyNot')}</RoleNeeded>
        )}
      </div>
      {!schedules.data && (
        <NotLoaded query={schedules}>
          <Loading label={t('loading')}>
            <Skeleton className="h-64 rounded-card" />
          </Loading>
        </NotLoaded>
      )}
      {schedules.data && (
        <section aria-labelledby="own-schedules">
          <SectionHeading id="own-schedules">{scope === 'all' ? t('heading') : t('own')}</SectionHeading>
          {of('person').length === 0 ? (
            <EmptyState
              icon={CalendarClock}
              title={t('none.title')}
              action={
                may && (
                  <Button variant="outline" onClick={() => setEdited('new')}>
                    {t('create')}
                  </Button>
                )
              }
            >
              {may ? t('none.text') : t('none.readOnly')}
            </EmptyState>
          ) : (
            <Rows schedules={of('person')} onEdit={setEdited} />
          )}
        </section>
      )}
      {of('code').length > 0 && (
        <section aria-labelledby="system-schedules">
          <SectionHeading id="system-schedules">{t('system')}</SectionHeading>
          <p className="-mt-2 mb-4 text-sm text-muted">{t('systemText')}</p>
          <Rows schedules={of('code')} />
        </section>
      )}
      <LoadMore list={schedules} />
      <ScheduleDialog
        schedule={edited === 'new' ? null : edited}
        isOpen={edited !== null}
        onClose={() => setEdited(null)}
      />
    </div>
  );
}

interface RowsProps {
  schedules: readonly ScheduleRead[];
  onEdit?: (schedule: ScheduleRead) => void;
}

const Rows = ({ schedules, onEdit }: RowsProps) => (
  <Card className="p-0 sm:p-0">
    <ul className="divide-y">
      {schedules.map((schedule) => (
        <li key={schedule.id}>
          <ScheduleRow schedule={schedule} onEdit={onEdit && (() => onEdit(schedule))} />
        </li>
      ))}
    </ul>
  </Card>
);
