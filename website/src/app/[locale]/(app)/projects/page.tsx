import { projectListQuery } from '@ultrarslanoglu/api-client/queries/projects';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { projectFiltersFrom } from '@/features/projects/project-filters';
import { ProjectListScreen } from '@/features/projects/project-list';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Projects');
  return { title: t('title') };
}

export default async function ProjectsPage({ searchParams }: PageProps<'/[locale]/projects'>) {
  const query = await searchParams;
  if (!(await currentPerson())) return null;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (typeof value === 'string') params.set(name, value);
  return (
    <Prefetch
      load={(client, api) => [
        client.prefetchInfiniteQuery(projectListQuery(api, projectFiltersFrom(params))),
      ]}
    >
      <ProjectListScreen />
    </Prefetch>
  );
}
