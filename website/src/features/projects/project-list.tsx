'use client';
import { projectListQuery, type ProjectFilters } from '@ultrarslanoglu/api-client/queries/projects';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Archive, FolderKanban, SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterPills } from '@/components/ui/filter-pills';
import { ListResults } from '@/components/ui/list-results';
import { SearchField } from '@/components/ui/search-field';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useMay } from '@/lib/use-may';
import { NewProject } from './new-project';
import { ProjectCard } from './project-card';
import { useProjectFilters } from './use-project-filters';

const columns = 'grid gap-4 @lg:grid-cols-2 @4xl:grid-cols-3 @lg:gap-5';

export function ProjectListScreen() {
  const t = useTranslations('Projects');
  const { filters, change } = useProjectFilters();
  return (
    <div className="grid grid-cols-1 gap-6">
      <header className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
        <NewProject />
      </header>
      <h2 className="sr-only">{t('results')}</h2>
      <search className="flex flex-col gap-3 lg:flex-row lg:items-center lg:justify-between">
        <div className="lg:w-80">
          <SearchField label={t('search')} value={filters.q} onChange={(q) => change({ q })} />
        </div>
        <FilterPills<'archived'>
          legend={t('filter')}
          choices={[
            { value: undefined, name: t('active') },
            { value: 'archived', name: t('archived') },
          ]}
          value={filters.archived ? 'archived' : undefined}
          onChange={(value) => change({ archived: value === 'archived' })}
        />
      </search>
      <Results filters={filters} onClear={() => change({ q: undefined })} />
    </div>
  );
}

function Results({ filters, onClear }: { filters: ProjectFilters; onClear: () => void }) {
  const t = useTranslations('Projects');
  const list = useInfiniteQuery({
    ...projectListQuery(api, filters),
    placeholderData: (previous) => previous,
  });
  const items = itemsOf(list.data);
  return (
    <ListResults
      list={list}
      items={items}
      loading={t('loading')}
      skeleton={<CardsSkeleton />}
      empty={<Nothing filters={filters} onClear={onClear} />}
    >
      <div className="@container">
        <ul className={columns}>
          {items.map((project) => (
            <li key={project.id}>
              <ProjectCard project={project} />
            </li>
          ))}
        </ul>
      </div>
    </ListResults>
  );
}

function Nothing({ filters, onClear }: { filters: ProjectFilters; onClear: () => void }) {
  const t = useTranslations('Projects');
  const may = useMay('projects:write');
  if (filters.q) {
    return (
      <EmptyState
        icon={SearchX}
        title={t('nothingFound.title')}
        action={
          <Button variant="outline" onClick={onClear}>
            {t('nothingFound.clear')}
          </Button>
        }
      >
        {t('nothingFound.text')}
      </EmptyState>
    );
  }
  if (filters.archived) {
    return (
      <EmptyState icon={Archive} title={t('nothingArchived.title')}>
        {t('nothingArchived.text')}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={FolderKanban} title={t('none.title')}>
      {may ? t('none.text') : t('none.readOnly')}
    </EmptyState>
  );
}

const CardsSkeleton = () => (
  <div className="@container">
    <div className={columns}>
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className="overflow-hidden rounded-card border bg-surface">
          <Skeleton className="aspect-video rounded-none" />
          <div className="grid gap-3 p-4">
            <Skeleton className="h-5 w-3/4" />
            <Skeleton className="h-5 w-1/2" />
          </div>
        </div>
      ))}
    </div>
  </div>
);
