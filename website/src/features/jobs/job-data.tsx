'use client';
import type { JobDetail } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { SectionHeading } from '@/components/ui/section-heading';
import { isOpen } from './job-state';

/** What the job was given and what it left. */
export function JobData({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.detail');
  return (
    <>
      <section aria-labelledby="input" className="min-w-0">
        <SectionHeading id="input">{t('input')}</SectionHeading>
        {job.args.length > 0 ? (
          <CodeBlock label={t('input')} code={pretty(job.args)} />
        ) : (
          <p className="text-sm text-muted">{t('noInput')}</p>
        )}
      </section>
      <section aria-labelledby="result" className="min-w-0">
        <SectionHeading id="result">{t('result')}</SectionHeading>
        {job.result !== null ? (
          <CodeBlock label={t('result')} code={pretty(job.result)} />
        ) : (
          <p className="text-sm text-muted">{isOpen(job) ? t('resultLater') : t('noResult')}</p>
        )}
      </section>
    </>
  );
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2);
