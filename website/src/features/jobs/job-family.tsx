'use client';
import type { JobDetail } from '@ultrarslanoglu/api-client';
import { CornerLeftUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { SectionHeading } from '@/components/ui/section-heading';
import { Link } from '@/i18n/navigation';
import { StateBadge } from './state-badge';

/** The job that started this one, and those that it started. */
export function JobFamily({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.detail');
  if (!job.parent_id && job.children.length === 0) return null;
  return (
    <section aria-labelledby="family">
      <SectionHeading id="family">{t('family')}</SectionHeading>
      <Card className="p-0 text-sm sm:p-0">
        {job.parent_id && (
          <Link
            href={`/jobs/${job.parent_id}`}
            className="flex items-center gap-2.5 rounded-card px-5 py-3.5 font-medium hover:underline"
          >
            <CornerLeftUp aria-hidden className="size-4 text-muted" />
            {t('openParent')}
          </Link>
        )}
        {job.children.length > 0 && (
          <div className={job.parent_id ? 'border-t' : undefined}>
            <h3 className="px-5 pt-3.5 text-xs text-muted">
              {t('children', { count: job.children.length })}
            </h3>
            <ul className="divide-y">
              {job.children.map((child) => (
                <li key={child.id} className="flex items-center justify-between gap-3 px-5 py-3">
                  <Link
                    href={`/jobs/${child.id}`}
                    className="min-w-0 truncate rounded font-medium hover:underline"
                  >
                    {child.title}
                  </Link>
                  <StateBadge state={child.state} />
                </li>
              ))}
            </ul>
          </div>
        )}
      </Card>
    </section>
  );
}
