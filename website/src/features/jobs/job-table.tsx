'use client';
import type { JobRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { ColumnName, Table, TableBody, TableHead } from '@/components/ui/table';
import { Skeleton } from '@/components/ui/skeleton';
import { JobRow } from './job-row';

export function JobTable({ jobs }: { jobs: readonly JobRead[] }) {
  const t = useTranslations('Jobs.list');
  return (
    <Table label={t('heading')}>
      <TableHead>
        <ColumnName className="w-full">{t('job')}</ColumnName>
        <ColumnName>{t('state')}</ColumnName>
        <ColumnName>{t('queue')}</ColumnName>
        <ColumnName>{t('trigger')}</ColumnName>
        <ColumnName className="text-right">{t('attempts')}</ColumnName>
        <ColumnName className="text-right">{t('took')}</ColumnName>
        <ColumnName className="text-right">{t('created')}</ColumnName>
      </TableHead>
      <TableBody>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} />
        ))}
      </TableBody>
    </Table>
  );
}

export const JobTableSkeleton = ({ rows = 8 }: { rows?: number }) => (
  <div className="divide-y overflow-hidden rounded-card border bg-surface">
    {Array.from({ length: rows }, (_, index) => (
      <div key={index} className="flex items-center justify-between gap-6 px-4 py-4">
        <div className="grid flex-1 gap-2">
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-3 w-1/4" />
        </div>
        <Skeleton className="h-6 w-24 rounded-full" />
      </div>
    ))}
  </div>
);
