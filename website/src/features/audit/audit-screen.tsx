'use client';
import { auditQuery } from '@ultrarslanoglu/api-client/queries/audit';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ScopeSwitch } from '@/components/shell/scope-switch';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { ListResults } from '@/components/ui/list-results';
import { RoleNeeded } from '@/components/ui/role-needed';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useMay } from '@/lib/use-may';
import { useScope } from '@/lib/use-scope';
import { filtersOf } from './audit-filters';
import { AuditRow } from './audit-row';
import { ChainState } from './chain-state';
import { ExportMenu } from './export-menu';
import { Filters } from './filters';
import { useChosen } from './use-chosen';

/** What was done in the workspace: by whom, when, with which outcome. */
export function AuditScreen() {
  const t = useTranslations('Audit');
  const may = useMay('audit:read');
  const isOfAll = useScope() === 'all';
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 grow basis-96">
          <h2 className="text-lg font-semibold">{t('title')}</h2>
          <p className="mt-1 max-w-2xl text-muted">{t(isOfAll ? 'leadOfAll' : 'lead')}</p>
        </div>
        {may && <ScopeSwitch />}
      </div>
      {may ? (
        <Log />
      ) : (
        <Card>
          <RoleNeeded>{t('whyNot')}</RoleNeeded>
        </Card>
      )}
    </div>
  );
}

function Log() {
  const t = useTranslations('Audit');
  const { chosen, change, clear } = useChosen();
  const isOfAll = useScope() === 'all';
  const filters = { ...filtersOf(chosen), ...(isOfAll ? { scope: 'installation' as const } : {}) };
  const log = useInfiniteQuery({ ...auditQuery(api, filters), placeholderData: (previous) => previous });
  const items = itemsOf(log.data);
  const isFiltered = Object.keys(chosen).length > 0;

  return (
    <>
      <ChainState key={String(isOfAll)} isOfAll={isOfAll} />
      <Filters hasPeople={!isOfAll} chosen={chosen} onChange={change} onClear={clear} />
      <section aria-labelledby="entries" className="min-w-0">
        <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
          <h3 id="entries" className="font-semibold">
            {t('entries')}
          </h3>
          <ExportMenu filters={filters} />
        </div>
        <ListResults
          list={log}
          items={items}
          loading={t('loading')}
          skeleton={<Skeleton className="h-64 rounded-card" />}
          empty={
            <EmptyState
              icon={isFiltered ? SearchX : ScrollText}
              title={isFiltered ? t('nothingFound.title') : t('none.title')}
              action={
                isFiltered && (
                  <Button variant="outline" onClick={clear}>
                    {t('filter.clear')}
                  </Button>
                )
              }
            >
              {isFiltered ? t('nothingFound.text') : t(isOfAll ? 'none.textOfAll' : 'none.text')}
            </EmptyState>
          }
        >
          <Card className="overflow-hidden p-0 sm:p-0">
            <ol className="divide-y">
              {items.map((entry) => (
                <AuditRow key={entry.id} entry={entry} />
              ))}
            </ol>
          </Card>
        </ListResults>
      </section>
    </>
  );
}
