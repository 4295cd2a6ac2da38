'use client';
import type { JobRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { Progress } from '@/components/ui/progress';
import { RelativeTime } from '@/components/ui/relative-time';
import { TableCell, TableRow } from '@/components/ui/table';
import { Link } from '@/i18n/navigation';
import { useReadable } from '@/lib/use-readable';
import { StateBadge } from './state-badge';
import { useJobWords } from './use-job-words';
import { WaitingUntil } from './waiting-until';

/** One job: a row of the table, or on a phone a card of three lines. */
export function JobRow({ job }: { job: JobRead }) {
  const t = useTranslations('Jobs.list');
  const words = useJobWords();
  const readable = useReadable();
  const quiet = 'text-muted lg:text-fg whitespace-nowrap';
  return (
    <TableRow
      data-job={job.id}
      className="relative flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-3.5 transition-colors hover:bg-raised/60 lg:p-0"
    >
      <TableCell className="min-w-0 flex-1 basis-3/5 lg:max-w-0 lg:min-w-48">
        <Link
          href={`/jobs/${job.id}`}
          className="block truncate rounded font-medium after:absolute after:inset-0 hover:underline focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
        >
          {job.title}
        </Link>
        <span className="block truncate text-xs text-muted">{job.subject?.title ?? job.name}</span>
      </TableCell>
      <TableCell className="lg:whitespace-nowrap">
        <StateBadge state={job.state} isStopping={job.is_cancel_requested} />
        <WaitingUntil job={job} className="mt-1 hidden text-xs text-muted lg:block" />
        {job.state === 'running' && job.progress !== null && (
          <span className="mt-1.5 hidden items-center gap-2 lg:flex">
            <Progress
              value={job.progress * 100}
              label={t('progress', { title: job.title })}
              className="h-1.5 w-20"
            />
            <span className="text-xs text-muted tabular-nums">{readable.percent(job.progress * 100)}</span>
          </span>
        )}
      </TableCell>
      <TableCell className={`basis-auto text-xs lg:text-sm ${quiet}`}>
        {words.queue(job.queue)}
        <span className="lg:block lg:text-xs lg:text-muted">
          <span aria-hidden className="lg:hidden">
            {' · '}
          </span>
          {words.priority(job.priority)}
        </span>
      </TableCell>
      <TableCell className={`text-xs lg:text-sm ${quiet}`}>{words.trigger(job.trigger)}</TableCell>
      <TableCell className="hidden text-right whitespace-nowrap tabular-nums lg:table-cell">
        {t('attemptOf', { n: job.attempts, max: job.max_attempts })}
      </TableCell>
      <TableCell className="hidden text-right whitespace-nowrap tabular-nums lg:table-cell">
        {job.duration_seconds === null ? '–' : readable.shortSpan(job.duration_seconds)}
      </TableCell>
      <TableCell className="ml-auto text-right text-xs whitespace-nowrap text-muted">
        <RelativeTime value={job.created_at} />
      </TableCell>
      {job.state === 'running' && job.progress !== null && (
        <TableCell className="basis-full lg:hidden">
          <Progress
            value={job.progress * 100}
            label={t('progress', { title: job.title })}
            className="h-1.5"
          />
        </TableCell>
      )}
    </TableRow>
  );
}
