'use client';
import type { Timing } from '@ultrarslanoglu/api-client';
import { schedulePreviewQuery } from '@ultrarslanoglu/api-client/queries/schedules';
import { useQuery } from '@tanstack/react-query';
import { CalendarClock } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { Moment } from '@/components/ui/moment';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useSettled } from './use-settled';

const nothing: Timing = { kind: 'interval', zone: 'UTC' };

/** The next instants of the rhythm that is being chosen, as the server reckons them. */
export function Upcoming({ rhythm }: { rhythm: Timing | null }) {
  const t = useTranslations('Schedules.form');
  const format = useFormatter();
  const sentence = useErrorSentence();
  const settled = useSettled(rhythm);
  const preview = useQuery({
    ...schedulePreviewQuery(api, settled ?? nothing),
    enabled: settled !== null,
    placeholderData: (previous) => previous,
  });
  if (!rhythm) return null;
  const upcoming = preview.data?.upcoming ?? [];
  return (
    <div aria-live="polite" className="rounded-xl border bg-raised/50 p-4 text-sm">
      <h3 className="flex items-center gap-2 font-medium">
        <CalendarClock aria-hidden className="size-4 text-gold-ink" />
        {t('upcoming')}
      </h3>
      {preview.isError && <p className="mt-2 text-danger">{sentence(preview.error)}</p>}
      {preview.isPending && <p className="mt-2 text-muted">{t('upcomingLoading')}</p>}
      {preview.isSuccess && upcoming.length === 0 && <p className="mt-2 text-warning">{t('upcomingNone')}</p>}
      {!preview.isError && (
        <ol
          className={cn(
            'mt-2 grid gap-1 tabular-nums transition-opacity',
            preview.isPlaceholderData && 'opacity-60',
          )}
        >
          {upcoming.map((at) => (
            <li key={at} className="flex flex-wrap justify-between gap-x-4">
              <span>
                {format.dateTime(new Date(at), {
                  weekday: 'long',
                  day: 'numeric',
                  month: 'long',
                  year: 'numeric',
                  hour: '2-digit',
                  minute: '2-digit',
                  timeZone: rhythm.zone,
                })}
              </span>
              <Moment value={at} zone={rhythm.zone} className="text-muted" />
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}
