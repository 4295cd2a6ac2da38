'use client';
import type { StepRead } from '@ultrarslanoglu/api-client';
import { Check, CircleAlert, Circle, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';
import { useReadable } from '@/lib/use-readable';
import { useStepName } from './use-progress-text';

const icons = { waiting: Circle, running: LoaderCircle, done: Check, failed: CircleAlert };
const tones = {
  waiting: 'text-muted',
  running: 'text-gold-ink [&_svg]:animate-spin',
  done: 'text-success',
  failed: 'text-danger',
};

export function StepList({ steps }: { steps: readonly StepRead[] }) {
  const t = useTranslations('Video.stepStatus');
  const stepName = useStepName();
  const readable = useReadable();
  if (steps.length === 0) return null;
  return (
    <ol className="grid gap-px overflow-hidden rounded-xl border bg-border sm:grid-cols-2 lg:grid-cols-3">
      {steps.map((step) => {
        const Icon = icons[step.status];
        return (
          <li
            key={step.name}
            data-step={step.name}
            data-status={step.status}
            aria-current={step.status === 'running' ? 'step' : undefined}
            className={cn(
              'flex items-center gap-3 bg-surface px-4 py-3.5 text-sm',
              step.status === 'running' && 'bg-raised',
            )}
          >
            <span className={cn('shrink-0', tones[step.status])}>
              <Icon aria-hidden className="size-4.5" />
            </span>
            <span className={cn('min-w-0 flex-1', step.status === 'waiting' ? 'text-muted' : 'font-medium')}>
              {stepName(step.name)}
              <span className="sr-only">: {t(step.status)}</span>
            </span>
            <span className="text-muted tabular-nums">
              {step.status === 'running' && readable.percent(step.progress)}
              {step.status === 'done' && step.seconds !== null && readable.shortSpan(step.seconds)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
