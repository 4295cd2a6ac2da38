'use client';
import type { ProjectRead } from '@ultrarslanoglu/api-client';
import { githubQuery } from '@ultrarslanoglu/api-client/queries/connections';
import { projectRepositoriesQuery } from '@ultrarslanoglu/api-client/queries/projects';
import { useQuery } from '@tanstack/react-query';
import { FolderGit2, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { NotLoaded } from '@/components/ui/not-loaded';
import { SectionHeading } from '@/components/ui/section-heading';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useMay } from '@/lib/use-may';
import { ChooseRepositories } from './choose-repositories';
import { RepositoryCard } from './repository-card';

interface Props {
  project: ProjectRead;
  canChange: boolean;
}

/** What GitHub says of the project's repositories. */
export function Repositories({ project, canChange }: Props) {
  const t = useTranslations('Project.repositories');
  const mayConnect = useMay('connections:write');
  const [isChoosing, setChoosing] = useState(false);
  const github = useQuery(githubQuery(api)).data;
  const list = useQuery({
    ...projectRepositoriesQuery(api, project.id),
    // What was just chosen has no figures yet; live news tell of them, and asking makes sure.
    refetchInterval: ({ state }) => (state.data?.items.some((each) => !each.checked_at) ? 3_000 : false),
  });
  const items = list.data?.items ?? [];
  const isConnected = github?.connection?.state === 'connected';
  const chooseButton = (
    <Button size="sm" variant={items.length > 0 ? 'outline' : 'primary'} onClick={() => setChoosing(true)}>
      <Plus aria-hidden />
      {t('choose')}
    </Button>
  );
  return (
    <section aria-labelledby="repositories" className="min-w-0">
      <SectionHeading id="repositories" action={canChange && isConnected && items.length > 0 && chooseButton}>
        {t('title')}
      </SectionHeading>
      <div className="grid grid-cols-1 gap-4">
        {github?.connection?.state === 'reconnect_needed' && (
          <Alert
            tone="warning"
            title={t('reconnect.title')}
            action={mayConnect && <ConnectionsLink name={t('reconnect.action')} />}
          >
            {t('reconnect.text')}
          </Alert>
        )}
        {!list.data && (
          <NotLoaded query={list}>
            <Skeleton className="h-40 rounded-card" />
          </NotLoaded>
        )}
        {list.data && items.length === 0 && (
          <NoRepositories
            isConnected={isConnected}
            isAvailable={github?.is_available !== false}
            canChange={canChange}
            action={canChange && isConnected ? chooseButton : null}
          />
        )}
        {items.length > 0 && (
          <ul className="grid gap-4 lg:grid-cols-2">
            {items.map((repository) => (
              <RepositoryCard
                key={repository.id}
                repository={repository}
                projectId={project.id}
                canChange={canChange}
              />
            ))}
          </ul>
        )}
      </div>
      <ChooseRepositories
        projectId={project.id}
        isOpen={isChoosing}
        onClose={() => setChoosing(false)}
        present={items.map(({ full_name }) => full_name)}
      />
    </section>
  );
}

interface NoneProps {
  isConnected: boolean;
  isAvailable: boolean;
  canChange: boolean;
  action: React.ReactNode;
}

function NoRepositories({ isConnected, isAvailable, canChange, action }: NoneProps) {
  const t = useTranslations('Project.repositories');
  const mayConnect = useMay('connections:write');
  if (isConnected) {
    return (
      <EmptyState icon={FolderGit2} title={t('none.title')} action={action}>
        {canChange ? t('none.text') : t('none.readOnly')}
      </EmptyState>
    );
  }
  if (!isAvailable) {
    return (
      <EmptyState icon={FolderGit2} title={t('unavailable.title')}>
        {t('unavailable.text')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={FolderGit2}
      title={t('notConnected.title')}
      action={mayConnect && <ConnectionsLink name={t('notConnected.action')} />}
    >
      {mayConnect ? t('notConnected.text') : t('notConnected.askAdmin')}
    </EmptyState>
  );
}

const ConnectionsLink = ({ name }: { name: string }) => (
  <Button asChild size="sm" variant="outline">
    <Link href="/settings/connections">{name}</Link>
  </Button>
);
