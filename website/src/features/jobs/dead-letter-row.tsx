'use client';
import type { JobRead } from '@ultrarslanoglu/api-client';
import { Filter, RotateCw, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { RelativeTime } from '@/components/ui/relative-time';
import { TableCell, TableRow } from '@/components/ui/table';
import { Link } from '@/i18n/navigation';
import { cn } from '@/lib/cn';
import { StateBadge } from './state-badge';

interface Props {
  job: JobRead;
  /** Without it the row cannot be chosen, and nothing be done to it. */
  canChange: boolean;
  isSelected: boolean;
  onSelect: () => void;
  onRetry: () => void;
  onDrop: () => void;
  /** Narrows the list to jobs of this kind. */
  onOnlyKind: (() => void) | undefined;
}

/** One dead letter: a row of the table, or on a phone a card. */
export function DeadLetterRow({ job, canChange, isSelected, onSelect, onRetry, onDrop, onOnlyKind }: Props) {
  const t = useTranslations('Jobs.deadLetters');
  return (
    <TableRow
      data-row
      data-job={job.id}
      aria-selected={canChange ? isSelected : undefined}
      className={cn(
        'grid items-start gap-x-3 gap-y-2 px-4 py-4 aria-selected:bg-raised/60 lg:p-0',
        canChange ? 'grid-cols-[auto_minmax(0,1fr)_auto]' : 'grid-cols-[minmax(0,1fr)_auto]',
      )}
    >
      {canChange && (
        <TableCell className="pt-0.5 lg:pr-0">
          <Checkbox label={t('select', { title: job.title })} checked={isSelected} onChange={onSelect} />
        </TableCell>
      )}
      <TableCell className="min-w-0">
        <Link href={`/jobs/${job.id}`} className="rounded font-medium hover:underline">
          {job.title}
        </Link>
        <span className="block text-xs break-words text-muted">{job.subject?.title ?? job.name}</span>
      </TableCell>
      <TableCell className="justify-self-end">
        <StateBadge state={job.state} />
      </TableCell>
      <TableCell className={cn('col-span-2 min-w-0 leading-relaxed text-muted', canChange && 'col-start-2')}>
        <span className="line-clamp-3 break-words">{job.error ?? t('unknown')}</span>
      </TableCell>
      <TableCell
        className={cn(
          'self-center text-xs whitespace-nowrap text-muted lg:text-right',
          canChange && 'col-start-2',
        )}
      >
        <RelativeTime value={job.finished_at ?? job.created_at} />
      </TableCell>
      <TableCell className={cn('lg:pl-0', canChange && 'col-start-3')}>
        <span className="flex justify-end gap-1">
          {onOnlyKind && (
            <RowButton
              icon={<Filter aria-hidden />}
              name={t('onlyKind')}
              title={job.title}
              onClick={onOnlyKind}
            />
          )}
          {canChange && (
            <>
              <RowButton
                icon={<RotateCw aria-hidden />}
                name={t('retry')}
                title={job.title}
                onClick={onRetry}
              />
              <RowButton
                icon={<Trash2 aria-hidden className="text-danger" />}
                name={t('drop')}
                title={job.title}
                onClick={onDrop}
              />
            </>
          )}
        </span>
      </TableCell>
    </TableRow>
  );
}

interface RowButtonProps {
  icon: React.ReactNode;
  name: string;
  /** Tells the buttons of one row from those of the next. */
  title: string;
  onClick: () => void;
}

const RowButton = ({ icon, name, title, onClick }: RowButtonProps) => (
  <Button
    variant="ghost"
    size="icon"
    className="size-9"
    aria-label={`${name}: ${title}`}
    title={name}
    onClick={onClick}
  >
    {icon}
  </Button>
);
