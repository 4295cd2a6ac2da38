'use client';
import type { JobRead } from '@ultrarslanoglu/api-client';
import { useFormatter, useNow, useTranslations } from 'next-intl';
import { isAhead } from './job-state';

interface Props {
  job: Pick<JobRead, 'state' | 'not_before'>;
  className?: string;
}

/** "5 dakika sonra başlayacak", for a job whose time is still to come. */
export function WaitingUntil({ job, className }: Props) {
  const t = useTranslations('Jobs.list');
  const format = useFormatter();
  const now = useNow({ updateInterval: 10_000 });
  if (!isAhead(job, now)) return null;
  return (
    <span className={className} suppressHydrationWarning>
      {t('startsAt', { time: format.relativeTime(new Date(job.not_before), now) })}
    </span>
  );
}
