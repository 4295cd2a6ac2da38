'use client';
import type { JobRead, View } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ColumnName, Table, TableBody, TableHead } from '@/components/ui/table';
import { BulkBar } from './bulk-bar';
import { DeadLetterRow } from './dead-letter-row';
import { useBulkActions, type Which } from './use-bulk-actions';
import { useSelection } from './use-selection';

interface Props {
  jobs: readonly JobRead[];
  scope: View;
  /** The kind that the list is narrowed to. */
  name: string | undefined;
  onlyKind: (name: string) => void;
  /** Without it the list is only for looking. */
  canChange: boolean;
}

export function DeadLetterTable({ jobs, scope, name, onlyKind, canChange }: Props) {
  const t = useTranslations('Jobs');
  const selection = useSelection(jobs.map((job) => job.id));
  const { retry, drop } = useBulkActions(scope);
  const [asked, setAsked] = useState<Which | null>(null);
  const retryThese = (which: Which) => retry.mutate(which, { onSuccess: selection.clear });
  const count = asked && 'ids' in asked ? asked.ids.length : 0;
  return (
    <>
      {canChange && (
        <div className="flex items-center gap-3 px-4 lg:hidden">
          <Checkbox
            label={t('deadLetters.selectAll')}
            checked={selection.isAll}
            isMixed={selection.isSome}
            onChange={selection.toggleAll}
          >
            {t('deadLetters.selectAll')}
          </Checkbox>
        </div>
      )}
      <Table label={t('tabs.deadLetters')}>
        <TableHead>
          {canChange && (
            <ColumnName className="pr-0">
              <span className="lg:hidden">{t('deadLetters.selectAll')}</span>
              <span className="hidden lg:block">
                <Checkbox
                  label={t('deadLetters.selectAll')}
                  checked={selection.isAll}
                  isMixed={selection.isSome}
                  onChange={selection.toggleAll}
                />
              </span>
            </ColumnName>
          )}
          <ColumnName>{t('list.job')}</ColumnName>
          <ColumnName>{t('list.state')}</ColumnName>
          <ColumnName className="w-2/5">{t('deadLetters.why')}</ColumnName>
          <ColumnName className="text-right">{t('deadLetters.when')}</ColumnName>
          <ColumnName>
            <span className="sr-only">{t('deadLetters.what')}</span>
          </ColumnName>
        </TableHead>
        <TableBody>
          {jobs.map((job) => (
            <DeadLetterRow
              key={job.id}
              job={job}
              canChange={canChange}
              isSelected={selection.isSelected(job.id)}
              onSelect={() => selection.toggle(job.id)}
              onRetry={() => retryThese({ ids: [job.id] })}
              onDrop={() => setAsked({ ids: [job.id] })}
              onOnlyKind={name ? undefined : () => onlyKind(job.name)}
            />
          ))}
        </TableBody>
      </Table>
      {canChange && (
        <BulkBar
          selected={selection.selected}
          kind={name}
          isBusy={retry.isPending}
          onRetry={retryThese}
          onDrop={setAsked}
          onClear={selection.clear}
        />
      )}
      <ConfirmDialog
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        title={asked && 'name' in asked ? t('deadLetters.dropKindTitle') : t('actions.dropTitle', { count })}
        confirm={t('actions.dropConfirm')}
        isDanger
        isBusy={drop.isPending}
        onConfirm={() =>
          asked && drop.mutate(asked, { onSuccess: selection.clear, onSettled: () => setAsked(null) })
        }
      >
        {t('actions.dropText')}
      </ConfirmDialog>
    </>
  );
}
