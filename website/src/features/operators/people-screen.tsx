'use client';
import { peopleQuery } from '@ultrarslanoglu/api-client/queries/operators';
import { useInfiniteQuery } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterPills } from '@/components/ui/filter-pills';
import { ListResults } from '@/components/ui/list-results';
import { SearchField } from '@/components/ui/search-field';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { PersonRow } from './person-row';
import { states, useSought } from './use-sought';

/** Everybody who has an account on this installation, for those who look after it. */
export function PeopleScreen({ ownId }: { ownId: string }) {
  const t = useTranslations('People');
  const { sought, filters, change, clear } = useSought();
  const people = useInfiniteQuery({ ...peopleQuery(api, filters), placeholderData: (previous) => previous });
  const items = itemsOf(people.data);

  return (
    <div className="grid grid-cols-1 gap-6">
      <div>
        <h2 className="text-lg font-semibold">{t('title')}</h2>
        <p className="mt-1 max-w-2xl text-muted">{t('lead')}</p>
      </div>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
        <SearchField label={t('search')} value={sought.q} onChange={(q) => change({ q })} />
        <FilterPills
          legend={t('filter.label')}
          value={sought.state}
          choices={[
            { value: undefined, name: t('filter.all') },
            ...states.map((state) => ({ value: state, name: t(`filter.${state}`) })),
          ]}
          onChange={(state) => change({ state })}
        />
      </div>
      <ListResults
        list={people}
        items={items}
        loading={t('loading')}
        skeleton={<Skeleton className="h-64 rounded-card" />}
        empty={
          <EmptyState
            icon={SearchX}
            title={t('none.title')}
            action={
              <Button variant="outline" onClick={clear}>
                {t('none.clear')}
              </Button>
            }
          >
            {t('none.text')}
          </EmptyState>
        }
      >
        <Card className="overflow-hidden p-0 sm:p-0">
          <ul aria-label={t('title')} className="divide-y">
            {items.map((person) => (
              <PersonRow key={person.user_id} person={person} isSelf={person.user_id === ownId} />
            ))}
          </ul>
        </Card>
      </ListResults>
    </div>
  );
}
