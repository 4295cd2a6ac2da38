import { getTranslations } from 'next-intl/server';
import { JobTabs } from '@/features/jobs/job-tabs';
import { ScopeSwitch } from '@/components/shell/scope-switch';
import { currentPerson } from '@/lib/server-api';

/** The pages of jobs have one heading, one switch for the scope, and tabs that are addresses. */
export default async function JobsLayout({ children }: LayoutProps<'/[locale]/jobs'>) {
  const [me, t] = await Promise.all([currentPerson(), getTranslations('Jobs')]);
  if (!me) return null;
  return (
    <div className="grid grid-cols-1 gap-6">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
        <ScopeSwitch />
      </header>
      <JobTabs />
      {children}
    </div>
  );
}
