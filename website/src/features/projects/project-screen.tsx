'use client';
import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { projectQuery } from '@ultrarslanoglu/api-client/queries/projects';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { PageNotLoaded } from '@/components/shell/page-not-loaded';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { RoleNeeded } from '@/components/ui/role-needed';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useMay } from '@/lib/use-may';
import { Drafts } from './drafts';
import { ProjectGone } from './project-gone';
import { ProjectHeader } from './project-header';
import { ProjectMembers } from './project-members';
import { ProjectVideos } from './project-videos';
import { Repositories } from './repositories';
import { useProjectActions } from './use-project-actions';

export function ProjectScreen({ id }: { id: string }) {
  const t = useTranslations('Project');
  const may = useMay('projects:write');
  const query = useQuery(projectQuery(api, id));
  const { restore } = useProjectActions(id);
  if (query.error instanceof NotFound) return <ProjectGone />;
  if (!query.data) {
    return (
      <PageNotLoaded query={query}>
        <Skeleton className="h-64 rounded-card" />
      </PageNotLoaded>
    );
  }
  const project = query.data;
  const isArchived = project.archived_at !== null;
  const canChange = may && !isArchived;
  return (
    <div className="grid grid-cols-1 gap-8 lg:gap-10">
      <div className="grid grid-cols-1 gap-5">
        <ProjectHeader project={project} />
        {isArchived && (
          <Alert
            tone="warning"
            title={t('archivedTitle')}
            action={
              may && (
                <Button
                  size="sm"
                  variant="outline"
                  isBusy={restore.isPending}
                  onClick={() => restore.mutate()}
                >
                  {t('actions.restore')}
                </Button>
              )
            }
          >
            {t('archivedText')}
          </Alert>
        )}
        {!may && <RoleNeeded>{t('whyNot')}</RoleNeeded>}
      </div>
      <ProjectVideos project={project} canChange={canChange} />
      <Repositories project={project} canChange={canChange} />
      <Drafts projectId={id} canChange={canChange} />
      <ProjectMembers projectId={id} />
    </div>
  );
}
