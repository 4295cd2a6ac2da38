'use client';
import type { Priority, Queue, Trigger } from '@ultrarslanoglu/api-client';
import type { JobFilters } from '@ultrarslanoglu/api-client/queries/jobs';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { isFiltered, priorities, queues, triggers, type FilterPart } from './job-filters';
import { SearchField } from '@/components/ui/search-field';
import { StatePills } from './state-pills';

interface Props {
  filters: JobFilters;
  onChange: (part: FilterPart) => void;
  onClear: () => void;
}

export function ListFilters({ filters, onChange, onClear }: Props) {
  const t = useTranslations('Jobs.filter');
  const words = useTranslations('Jobs');
  return (
    <search aria-label={t('label')} className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-3 gap-2 lg:grid-cols-[minmax(12rem,1fr)_repeat(3,11rem)]">
        <div className="col-span-3 lg:col-span-1">
          <SearchField label={t('search')} value={filters.q} onChange={(q) => onChange({ q })} />
        </div>
        <SelectField
          label={t('queue')}
          isLabelHidden
          className="pr-8 text-sm"
          value={filters.queue ?? ''}
          onChange={(event) => onChange({ queue: (event.target.value || undefined) as Queue | undefined })}
        >
          <option value="">{t('anyQueue')}</option>
          {queues.map((queue) => (
            <option key={queue} value={queue}>
              {words(`queues.${queue}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('priority')}
          isLabelHidden
          className="pr-8 text-sm"
          value={filters.priority ?? ''}
          onChange={(event) =>
            onChange({ priority: (event.target.value || undefined) as Priority | undefined })
          }
        >
          <option value="">{t('anyPriority')}</option>
          {priorities.map((priority) => (
            <option key={priority} value={priority}>
              {words(`priorities.${priority}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('trigger')}
          isLabelHidden
          className="pr-8 text-sm"
          value={filters.trigger ?? ''}
          onChange={(event) =>
            onChange({ trigger: (event.target.value || undefined) as Trigger | undefined })
          }
        >
          <option value="">{t('anyTrigger')}</option>
          {triggers.map((trigger) => (
            <option key={trigger} value={trigger}>
              {words(`triggers.${trigger}`)}
            </option>
          ))}
        </SelectField>
      </div>
      <StatePills chosen={filters.state ?? []} onChange={(state) => onChange({ state })} />
      {isFiltered(filters) && (
        <div className="flex flex-wrap items-center gap-2">
          {filters.name && (
            <span className="rounded-full border bg-surface px-3 py-1.5 text-sm">
              {t('name', { name: filters.name })}
            </span>
          )}
          <Button size="sm" variant="ghost" onClick={onClear}>
            <X aria-hidden />
            {t('clear')}
          </Button>
        </div>
      )}
    </search>
  );
}
