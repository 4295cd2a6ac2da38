import type { PersonRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ExactTime } from '@/components/ui/moment';
import { RelativeTime } from '@/components/ui/relative-time';

/** How an account stands, in numbers. */
export function PersonFacts({ person }: { person: PersonRead }) {
  const t = useTranslations('People.facts');
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm sm:grid-cols-3 lg:grid-cols-5">
      <Fact name={t('lastSeen')}>
        {person.last_seen_at ? <RelativeTime value={person.last_seen_at} /> : t('never')}
      </Fact>
      <Fact name={t('secondFactor')}>{t(person.has_second_factor ? 'yes' : 'no')}</Fact>
      <Fact name={t('sessions')}>{person.sessions}</Fact>
      <Fact name={t('workspaces')}>{person.workspaces}</Fact>
      <Fact name={t('since')}>
        <ExactTime value={person.created_at} isShort />
      </Fact>
    </dl>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-xs text-muted">{name}</dt>
    <dd className="break-words">{children}</dd>
  </div>
);
