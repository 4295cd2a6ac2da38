'use client';
import type { JobState } from '@ultrarslanoglu/api-client';
import {
  Ban,
  Check,
  CircleAlert,
  Clock,
  Hourglass,
  LoaderCircle,
  OctagonX,
  Pause,
  type LucideIcon,
} from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';

export const stateLooks: Record<JobState, { icon: LucideIcon; className: string }> = {
  waiting: { icon: Hourglass, className: 'text-muted' },
  queued: { icon: Clock, className: 'text-info' },
  running: { icon: LoaderCircle, className: 'text-gold-ink [&_svg]:animate-spin' },
  done: { icon: Check, className: 'text-success' },
  failed: { icon: CircleAlert, className: 'text-danger' },
  dead: { icon: OctagonX, className: 'text-danger' },
  cancelled: { icon: Ban, className: 'text-muted' },
  paused: { icon: Pause, className: 'text-warning' },
};

interface Props {
  state: JobState;
  /** It runs and was asked to stop. */
  isStopping?: boolean;
}

/** The state in a word and a sign: colour alone says nothing to some. */
export function StateBadge({ state, isStopping }: Props) {
  const t = useTranslations('Jobs');
  const { icon: Icon, className } = stateLooks[state];
  return (
    <span
      data-state={state}
      className={cn(
        'inline-flex items-center gap-1.5 rounded-full border bg-surface px-2.5 py-1 text-xs leading-tight font-medium whitespace-nowrap',
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {isStopping && state === 'running' ? t('stopping') : t(`states.${state}`)}
    </span>
  );
}
