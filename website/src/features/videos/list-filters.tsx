'use client';
import type { VideoFilters } from '@ultrarslanoglu/api-client/queries/videos';
import { Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { cn } from '@/lib/cn';
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
      <fieldset className="-mx-4 flex min-w-0 gap-1.5 overflow-x-auto px-4 py-1 lg:mx-0 lg:px-1">
        <legend className="sr-only">{t('filter')}</legend>
        {choices.map((status) => {
          const isChosen = filters.status === status;
          return (
            <button
              key={status ?? 'all'}
              type="button"
              aria-pressed={isChosen}
              onClick={() => onChange({ status })}
              className={cn(
                'h-9 shrink-0 rounded-full border px-3.5 text-sm font-medium transition-colors',
                isChosen
                  ? 'border-transparent bg-accent text-accent-fg'
                  : 'bg-surface text-muted hover:bg-raised hover:text-fg',
              )}
            >
              {status ? t(`status.${status}`) : t('all')}
            </button>
          );
        })}
      </fieldset>
    </search>
  );
}
