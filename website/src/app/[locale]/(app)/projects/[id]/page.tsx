import { githubQuery } from '@ultrarslanoglu/api-client/queries/connections';
import {
  draftsQuery,
  projectMembersQuery,
  projectQuery,
  projectRepositoriesQuery,
  projectVideosQuery,
} from '@ultrarslanoglu/api-client/queries/projects';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ProjectScreen } from '@/features/projects/project-screen';
import { finder } from '@/lib/finder';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

const findProject = finder(projectQuery);

export async function generateMetadata({ params }: PageProps<'/[locale]/projects/[id]'>): Promise<Metadata> {
  const [{ id }, t] = await Promise.all([params, getTranslations('Projects')]);
  return { title: (await findProject(id))?.name ?? t('title') };
}

export default async function ProjectPage({ params }: PageProps<'/[locale]/projects/[id]'>) {
  const { id } = await params;
  const project = await findProject(id);
  if (!(await currentPerson())) return null;
  return (
    <Prefetch
      load={(client, api) => {
        if (project) client.setQueryData(projectQuery(api, id).queryKey, project);
        return [
          client.prefetchInfiniteQuery(projectVideosQuery(api, id)),
          client.prefetchQuery(projectRepositoriesQuery(api, id)),
          client.prefetchQuery(githubQuery(api)),
          client.prefetchInfiniteQuery(draftsQuery(api, id)),
          client.prefetchQuery(projectMembersQuery(api, id)),
        ];
      }}
    >
      <ProjectScreen id={id} />
    </Prefetch>
  );
}
