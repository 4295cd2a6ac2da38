'use client';
import { jobSummaryQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { TabLinks } from '@/components/ui/tab-links';
import { api } from '@/lib/api';
import { useIsOperator } from '@/lib/use-scope';
import { useScope } from '@/lib/use-scope';

export function JobTabs() {
  const t = useTranslations('Jobs.tabs');
  const scope = useScope();
  const isOperator = useIsOperator();
  const summary = useQuery(jobSummaryQuery(api, scope)).data;
  // The scope is kept from tab to tab; hooks and workers have none.
  const query = scope === 'all' ? 'scope=all' : '';
  const tabs = [
    { href: '/jobs', name: t('jobs'), query },
    { href: '/jobs/dead-letters', name: t('deadLetters'), query, count: summary?.dead_letters ?? 0 },
    { href: '/jobs/schedules', name: t('schedules'), query },
    { href: '/jobs/hooks', name: t('hooks'), query },
    ...(isOperator ? [{ href: '/jobs/workers', name: t('workers'), query }] : []),
  ];
  return <TabLinks label={t('label')} tabs={tabs} />;
}
