import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { githubQuery } from '@ultrarslanoglu/api-client/queries/connections';
import {
  draftsQuery,
  projectMembersQuery,
  projectQuery,
  projectRepositoriesQuery,
  projectVideosQuery,
} from '@ultrarslanoglu/api-client/queries/projects';
import { QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ProjectScreen } from '@/features/projects/project-screen';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson, serverApi } from '@/lib/server-api';

/** Asked once for the title and for the page. */
const findProject = cache(async (id: string) => {
  if (!(await currentPerson())) return null;
  try {
    return await new QueryClient().fetchQuery({ ...projectQuery(await serverApi(), id), retry: false });
  } catch (error) {
    if (error instanceof NotFound) notFound();
    return null;
  }
});

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
