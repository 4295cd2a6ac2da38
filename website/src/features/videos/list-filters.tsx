'use client';
import type { VideoFilters } from '@ultrarslanoglu/api-client/queries/videos';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { FilterPills } from '@/components/ui/filter-pills';
import type { VideoStatus } from './video-state';

const choices: readonly (VideoStatus | undefined)[] = [
  undefined,
  'processing',
  'queued',
  'completed',
  'failed',
  'cancelled',
];

/** Long enough not to ask for every letter. */
const typingPause = 300;

interface Props {
  filters: VideoFilters;
  onChange: (part: VideoFilters) => void;
}

export function ListFilters({ filters, onChange }: Props) {
  const t = useTranslations('Videos');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The address may change by itself: Back, or "show all".
    if (input.current && document.activeElement !== input.current) input.current.value = filters.q ?? '';
  }, [filters.q]);
  return (
    <search className="flex flex-col gap-3 lg:flex-row lg:items-center lg:justify-between">
      <div className="relative lg:w-80">
        <Search aria-hidden className="absolute top-3.5 left-3.5 size-4 text-muted" />
        <input
          ref={input}
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          defaultValue={filters.q}
          onChange={(event) => {
            clearTimeout(timer.current);
            const q = event.target.value.trim() || undefined;
            timer.current = setTimeout(() => onChange({ q }), typingPause);
          }}
          className="h-11 w-full rounded-lg border border-input bg-surface pr-3 pl-10"
        />
      </div>
      <FilterPills
        legend={t('filter')}
        choices={choices.map((status) => ({
          value: status,
          name: status ? t(`status.${status}`) : t('all'),
        }))}
        value={filters.status}
        onChange={(status) => onChange({ status })}
      />
    </search>
  );
}
