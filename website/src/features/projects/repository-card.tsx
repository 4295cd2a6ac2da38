'use client';
import type { RepositoryRead } from '@ultrarslanoglu/api-client';
import { CircleDot, ExternalLink, Lock, Star, type LucideIcon } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SmallBars } from '@/components/charts/small-bars';
import { Alert } from '@/components/ui/alert';
import { RelativeTime } from '@/components/ui/relative-time';
import { ReleaseRow } from './release-row';

interface Props {
  repository: RepositoryRead;
  projectId: string;
  canChange: boolean;
}

/** One repository: what is known of it. What GitHub did not say is a dash, never a zero. */
export function RepositoryCard({ repository, projectId, canChange }: Props) {
  const t = useTranslations('Project.repositories');
  const format = useFormatter();
  const { full_name: name, url, last_release: release, problem } = repository;
  const count = (value: number | null) => (value === null ? '–' : format.number(value));
  return (
    <li
      data-repository={name}
      className="grid min-w-0 grid-cols-1 content-start gap-4 rounded-card border bg-surface p-5"
    >
      <div>
        <h3 className="flex flex-wrap items-center gap-2 font-medium">
          {url ? (
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              className="inline-flex min-w-0 items-center gap-1.5 rounded break-all hover:underline"
            >
              {name}
              <ExternalLink aria-hidden className="size-3.5 shrink-0 text-muted" />
              <span className="sr-only">{t('newTab')}</span>
            </a>
          ) : (
            <span className="break-all">{name}</span>
          )}
          {repository.is_private && (
            <span className="inline-flex items-center gap-1 rounded-full border px-2 py-0.5 text-xs font-normal text-muted">
              <Lock aria-hidden className="size-3" />
              {t('private')}
            </span>
          )}
        </h3>
        {repository.description && (
          <p className="mt-1 line-clamp-2 text-sm leading-relaxed text-muted">{repository.description}</p>
        )}
      </div>
      {problem && <Alert tone="warning">{t(`problems.${problem}`)}</Alert>}
      <dl className="grid grid-cols-3 gap-3 text-sm">
        <Figure icon={Star} name={t('stars')}>
          {count(repository.stars)}
        </Figure>
        <Figure icon={CircleDot} name={t('issues')}>
          {count(repository.open_issues)}
        </Figure>
        <Figure name={t('lastRelease')}>{release ? release.tag : '–'}</Figure>
      </dl>
      <Activity repository={repository} />
      {release && <ReleaseRow release={release} projectId={projectId} canChange={canChange} />}
      <p className="text-xs text-muted">
        {repository.checked_at
          ? t.rich('checked', { time: () => <RelativeTime value={repository.checked_at ?? ''} /> })
          : t('notChecked')}
      </p>
    </li>
  );
}

function Activity({ repository }: { repository: RepositoryRead }) {
  const t = useTranslations('Project.repositories');
  const format = useFormatter();
  const { activity } = repository;
  if (!activity) return <p className="text-sm text-muted">{t('activityUnknown')}</p>;
  const total = activity.reduce((sum, { commits }) => sum + commits, 0);
  // A date without a time is a day in no zone; read as UTC and shown as UTC it stays that day.
  const day = (week: string) =>
    format.dateTime(new Date(`${week}T00:00:00Z`), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return (
    <div>
      <SmallBars
        summary={t('activity', { total, weeks: activity.length })}
        bars={activity.map(({ week, commits }) => ({
          key: week,
          value: commits,
          name: t('week', { day: day(week), count: commits }),
        }))}
      />
      <p aria-hidden className="mt-1.5 text-xs text-muted">
        {t('activity', { total, weeks: activity.length })}
      </p>
    </div>
  );
}

interface FigureProps {
  icon?: LucideIcon;
  name: string;
  children: ReactNode;
}

const Figure = ({ icon: Icon, name, children }: FigureProps) => (
  <div className="min-w-0">
    <dt className="flex items-center gap-1.5 text-xs text-muted">
      {Icon && <Icon aria-hidden className="size-3.5 shrink-0" />}
      <span className="truncate">{name}</span>
    </dt>
    <dd className="mt-0.5 truncate font-semibold tabular-nums">{children}</dd>
  </div>
);
