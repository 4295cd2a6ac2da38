'use client';
import { RotateCw, Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import type { Which } from './use-bulk-actions';

interface Props {
  selected: string[];
  /** With the list narrowed to one kind, all of it can be meant, also what is not shown yet. */
  kind: string | undefined;
  isBusy: boolean;
  onRetry: (which: Which) => void;
  onDrop: (which: Which) => void;
  onClear: () => void;
}

/** Stays in view while there is something to do it to. */
export function BulkBar({ selected, kind, isBusy, onRetry, onDrop, onClear }: Props) {
  const t = useTranslations('Jobs.deadLetters');
  const isSelected = selected.length > 0;
  const which: Which | null = isSelected ? { ids: selected } : kind ? { name: kind } : null;
  return (
    <div role="group" aria-label={t('bulk')} className="sticky bottom-20 z-10 lg:bottom-4">
      <p role="status" className="sr-only">
        {t('selected', { count: selected.length })}
      </p>
      {which && (
        <div className="flex flex-wrap items-center gap-2 rounded-card border bg-surface p-3 pl-5 shadow-lg shadow-black/20">
          <p className="mr-auto text-sm font-medium">
            {isSelected ? t('selected', { count: selected.length }) : t('ofKind')}
          </p>
          {isSelected && (
            <Button size="sm" variant="ghost" onClick={onClear}>
              <X aria-hidden />
              {t('clear')}
            </Button>
          )}
          <Button size="sm" isBusy={isBusy} onClick={() => onRetry(which)}>
            {!isBusy && <RotateCw aria-hidden />}
            {isSelected ? t('retry') : t('retryKind')}
          </Button>
          <Button size="sm" variant="danger" onClick={() => onDrop(which)}>
            <Trash2 aria-hidden />
            {isSelected ? t('drop') : t('dropKind')}
          </Button>
        </div>
      )}
    </div>
  );
}
