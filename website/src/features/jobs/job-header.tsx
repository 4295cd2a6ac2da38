'use client';
import type { JobDetail } from '@ultrarslanoglu/api-client';
import { Clapperboard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { BackLink } from '@/components/ui/back-link';
import { NameHeading } from '@/components/ui/name-heading';
import { RelativeTime } from '@/components/ui/relative-time';
import { Link } from '@/i18n/navigation';
import { JobActions } from './job-actions';
import { StateBadge } from './state-badge';

export function JobHeader({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.detail');
  return (
    <header className="grid gap-3">
      <BackLink href="/jobs">{t('back')}</BackLink>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0 flex-1 basis-80">
          <NameHeading>{job.title}</NameHeading>
          <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-muted">
            <StateBadge state={job.state} isStopping={job.is_cancel_requested} />
            <RelativeTime value={job.created_at} />
          </p>
          {job.subject && (
            <p className="mt-2 text-sm">
              <Link
                href={job.subject.href}
                className="inline-flex max-w-full items-center gap-2 rounded text-link hover:underline"
              >
                <Clapperboard aria-hidden className="size-4 shrink-0" />
                <span className="truncate">{job.subject.title}</span>
              </Link>
            </p>
          )}
        </div>
        <JobActions job={job} />
      </div>
    </header>
  );
}
