'use client';
import type { ScheduleRead } from '@ultrarslanoglu/api-client';
import { Pencil, Play, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ExactTime, Moment } from '@/components/ui/moment';
import { Switch } from '@/components/ui/switch';
import { Link } from '@/i18n/navigation';
import { cn } from '@/lib/cn';
import { useMay } from '@/lib/use-may';
import { useRhythmText } from './use-rhythm-text';
import { useScheduleActions } from './use-schedule-actions';

interface Props {
  schedule: ScheduleRead;
  /** Undefined where it cannot be changed. */
  onEdit?: (() => void) | undefined;
}

export function ScheduleRow({ schedule, onEdit }: Props) {
  const t = useTranslations('Schedules');
  const may = useMay('jobs:write');
  const rhythm = useRhythmText();
  const { setPaused, run, remove } = useScheduleActions(schedule);
  const [isAsking, setAsking] = useState(false);
  const { name, zone, next_at, last_at, last_job_id } = schedule;
  const isOwn = schedule.origin === 'person';
  const heading = isOwn ? name : schedule.title;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-3 p-5 sm:px-6">
      <div className={cn('min-w-0', !may && 'col-span-2')}>
        <h3 className="font-semibold break-words">{heading}</h3>
        <p className="mt-0.5 text-sm break-words text-muted">{isOwn ? schedule.title : schedule.task}</p>
      </div>
      {may && (
        <Switch
          aria-label={t('toggle', { name: heading })}
          checked={!schedule.is_paused}
          disabled={setPaused.isPending}
          onChange={() => setPaused.mutate(!schedule.is_paused)}
          className="mt-0.5"
        />
      )}
      <div className="col-span-2 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] items-baseline gap-x-5 gap-y-1.5 text-sm sm:grid-flow-col sm:grid-cols-[14rem_13.5rem_6.5rem] sm:grid-rows-[auto_auto]">
          <dt className="sr-only">{t('form.kind')}</dt>
          <dd className="col-span-2 mb-1 font-medium sm:col-span-1 sm:row-span-2 sm:mb-0">
            {rhythm(schedule)}
            <span className="block text-xs font-normal text-muted">
              {zone} · {t(`catchUp.short.${schedule.catch_up}`)}
            </span>
          </dd>
          <dt className="text-xs text-muted">{t('next')}</dt>
          <dd>
            {schedule.is_paused || !next_at ? (
              <span className="text-warning">{t('paused')}</span>
            ) : (
              <>
                <Moment value={next_at} zone={zone} />
                <span className="ml-2 text-xs text-muted tabular-nums">
                  <ExactTime value={next_at} zone={zone} isShort />
                </span>
              </>
            )}
          </dd>
          <dt className="text-xs text-muted">{t('last')}</dt>
          <dd>
            {!last_at && <span className="text-muted">{t('never')}</span>}
            {last_at && !last_job_id && <Moment value={last_at} zone={zone} />}
            {last_at && last_job_id && (
              <Link
                href={`/jobs/${last_job_id}`}
                title={t('lastJob')}
                className="rounded text-link underline underline-offset-4"
              >
                <Moment value={last_at} zone={zone} />
              </Link>
            )}
          </dd>
        </dl>
        {may && (
          <div className="flex flex-wrap gap-2">
            <Button
              size="sm"
              variant="outline"
              aria-label={`${t('runNow')}: ${heading}`}
              isBusy={run.isPending}
              onClick={() => run.mutate()}
            >
              {!run.isPending && <Play aria-hidden />}
              {t('runNow')}
            </Button>
            {onEdit && (
              <>
                <Button
                  size="icon"
                  variant="outline"
                  className="size-9"
                  aria-label={`${t('edit')}: ${name}`}
                  title={t('edit')}
                  onClick={onEdit}
                >
                  <Pencil aria-hidden />
                </Button>
                <Button
                  size="icon"
                  variant="danger"
                  className="size-9"
                  aria-label={`${t('delete')}: ${name}`}
                  title={t('delete')}
                  onClick={() => setAsking(true)}
                >
                  <Trash2 aria-hidden />
                </Button>
              </>
            )}
          </div>
        )}
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('deleteTitle', { name })}
        confirm={t('delete')}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </div>
  );
}
