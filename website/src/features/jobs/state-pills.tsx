'use client';
import type { JobState } from '@ultrarslanoglu/api-client';
import { jobSummaryQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { states } from './job-state';
import { useScope } from '@/lib/use-scope';

/** What ended well is counted for the last day only, which is not what the list would show. */
const isWhole = (state: JobState) => state !== 'done' && state !== 'cancelled';

interface Props {
  chosen: readonly JobState[];
  onChange: (chosen: JobState[] | undefined) => void;
}

/** The states with how many jobs are in each; several can be chosen together. */
export function StatePills({ chosen, onChange }: Props) {
  const t = useTranslations('Jobs');
  const format = useFormatter();
  const counts = useQuery(jobSummaryQuery(api, useScope())).data?.states;

  function toggle(state: JobState) {
    const next = states.filter((other) => (other === state) !== chosen.includes(other));
    onChange(next.length > 0 ? next : undefined);
  }
  return (
    <fieldset className="-mx-4 flex min-w-0 gap-1.5 overflow-x-auto px-4 py-1 sm:-mx-6 sm:px-6 lg:mx-0 lg:flex-wrap lg:px-1">
      <legend className="sr-only">{t('filter.states')}</legend>
      <Pill isChosen={chosen.length === 0} onClick={() => onChange(undefined)}>
        {t('filter.all')}
      </Pill>
      {states.map((state) => (
        <Pill key={state} isChosen={chosen.includes(state)} onClick={() => toggle(state)}>
          {t(`states.${state}`)}
          {counts && isWhole(state) && (
            <span className="tabular-nums opacity-75">{format.number(counts[state])}</span>
          )}
        </Pill>
      ))}
    </fieldset>
  );
}

interface PillProps {
  isChosen: boolean;
  onClick: () => void;
  children: React.ReactNode;
}

const Pill = ({ isChosen, onClick, children }: PillProps) => (
  <button
    type="button"
    aria-pressed={isChosen}
    onClick={onClick}
    className={cn(
      'inline-flex h-9 shrink-0 items-center gap-1.5 rounded-full border px-3.5 text-sm font-medium transition-colors',
      isChosen
        ? 'border-transparent bg-accent text-accent-fg'
        : 'bg-surface text-muted hover:bg-raised hover:text-fg',
    )}
  >
    {children}
  </button>
);
