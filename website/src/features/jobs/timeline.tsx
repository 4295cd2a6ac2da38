'use client';
import type { JobEventRead } from '@ultrarslanoglu/api-client';
import { jobEventsQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { Moment } from '@/components/ui/moment';
import { NotLoaded } from '@/components/ui/not-loaded';
import { SectionHeading } from '@/components/ui/section-heading';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { eventLooks, otherLook } from './event-looks';
import { sentenceOf, troubleIn, workerIn } from './event-sentence';
import { useJobWords } from './use-job-words';

/** What happened to a job, from its creation on. */
export function Timeline({ id, isOpen }: { id: string; isOpen: boolean }) {
  const t = useTranslations('Jobs.detail');
  // The log is written a moment after the job changed.
  const events = useQuery({ ...jobEventsQuery(api, id), refetchInterval: isOpen ? 5_000 : 30_000 });
  const items = events.data?.items ?? [];
  return (
    <section aria-labelledby="timeline" className="min-w-0">
      <SectionHeading id="timeline">{t('timeline')}</SectionHeading>
      <Card className="p-0 sm:p-0">
        {!events.data && (
          <div className="p-4">
            <NotLoaded query={events}>
              <Skeleton className="h-32" />
            </NotLoaded>
          </div>
        )}
        {events.data && items.length === 0 && <p className="p-5 text-sm text-muted">{t('timelineEmpty')}</p>}
        <ol className="px-5 sm:px-6">
          {items.map((event, index) => (
            <TimelineEvent
              key={event.seq}
              event={event}
              earlier={items.slice(0, index)}
              isLast={index === items.length - 1}
            />
          ))}
        </ol>
      </Card>
    </section>
  );
}

interface EventProps {
  event: JobEventRead;
  earlier: readonly JobEventRead[];
  isLast: boolean;
}

function TimelineEvent({ event, earlier, isLast }: EventProps) {
  const t = useTranslations('Jobs.events');
  const format = useFormatter();
  const tell = useSentence();
  const { icon: Icon, className } = eventLooks[event.event] ?? otherLook;
  const trouble = troubleIn(event.facts);
  const worker = workerIn(event.facts);
  return (
    <li className="relative flex gap-4 py-4" data-event={event.event}>
      {!isLast && <span aria-hidden className="absolute top-11 bottom-[-0.75rem] left-4 w-px bg-border" />}
      <span
        aria-hidden
        className={cn('grid size-8 shrink-0 place-items-center rounded-full border bg-surface', className)}
      >
        <Icon className="size-4" />
      </span>
      <div className="min-w-0 flex-1 pt-1 text-sm">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5">
          <p className="leading-relaxed font-medium">{tell(event, earlier)}</p>
          <p className="text-xs whitespace-nowrap text-muted tabular-nums">
            <Moment value={event.at} />
            <span aria-hidden> · </span>
            {format.dateTime(new Date(event.at), {
              day: 'numeric',
              month: 'short',
              hour: '2-digit',
              minute: '2-digit',
              second: '2-digit',
            })}
          </p>
        </div>
        {trouble && <p className="mt-1 leading-relaxed break-words text-muted">{trouble}</p>}
        {worker && event.event === 'started' && (
          <p className="mt-0.5 text-xs break-all text-muted">{t('byWorker', { owner: worker })}</p>
        )}
      </div>
    </li>
  );
}

function useSentence() {
  const t = useTranslations('Jobs.events');
  const format = useFormatter();
  const words = useJobWords();
  return (event: JobEventRead, earlier: readonly JobEventRead[]): string => {
    const sentence = sentenceOf(event, earlier);
    switch (sentence.key) {
      case 'createdBy':
        return t('createdBy', { trigger: words.trigger(sentence.trigger) });
      case 'startedAgain':
        return t('startedAgain', { attempt: sentence.attempt });
      case 'retriedAt':
      case 'rate_limitedUntil':
      case 'postponedUntil':
        return t(sentence.key, {
          time: format.dateTime(sentence.until, {
            hour: '2-digit',
            minute: '2-digit',
            second: '2-digit',
          }),
        });
      case 'other':
        return t('other', { event: sentence.event });
      default:
        return t(sentence.key);
    }
  };
}
