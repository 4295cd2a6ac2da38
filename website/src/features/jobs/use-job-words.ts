'use client';
import type { Priority, Queue, Trigger } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { priorities, queues, triggers } from './job-filters';

/** The names of queues, priorities and triggers. One that this version of the page has no word for is shown as it is. */
export function useJobWords() {
  const t = useTranslations('Jobs');
  const known = (values: readonly string[], value: string) => values.includes(value);
  return {
    queue: (value: string) => (known(queues, value) ? t(`queues.${value as Queue}`) : value),
    priority: (value: string) => (known(priorities, value) ? t(`priorities.${value as Priority}`) : value),
    trigger: (value: string) => (known(triggers, value) ? t(`triggers.${value as Trigger}`) : value),
  };
}
