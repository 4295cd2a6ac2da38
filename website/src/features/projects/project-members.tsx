'use client';
import { projectMembersQuery } from '@ultrarslanoglu/api-client/queries/projects';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { NotLoaded } from '@/components/ui/not-loaded';
import { NameTile } from '@/components/ui/name-tile';
import { SectionHeading } from '@/components/ui/section-heading';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';

/** Everybody who sees the project. */
export function ProjectMembers({ projectId }: { projectId: string }) {
  const t = useTranslations('Project.members');
  const locale = useLocale();
  const members = useQuery(projectMembersQuery(api, projectId));
  return (
    <section aria-labelledby="members" className="min-w-0">
      <SectionHeading id="members">{t('title')}</SectionHeading>
      {!members.data && (
        <NotLoaded query={members}>
          <Skeleton className="h-20 rounded-card" />
        </NotLoaded>
      )}
      {members.data && (
        <Card className="grid grid-cols-1 gap-4">
          <ul className="grid gap-x-6 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
            {members.data.items.map(({ id, name }) => (
              <li key={id} className="flex min-w-0 items-center gap-3">
                <NameTile name={name} locale={locale} />
                <p className="truncate text-sm font-medium">{name}</p>
              </li>
            ))}
          </ul>
          <p className="text-sm text-muted">
            {t.rich('everybody', {
              link: (chunks) => (
                <Link href="/settings/workspace" className="rounded text-link underline underline-offset-4">
                  {chunks}
                </Link>
              ),
            })}
          </p>
        </Card>
      )}
    </section>
  );
}
