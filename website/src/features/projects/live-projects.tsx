'use client';
import type { ProjectRead } from '@ultrarslanoglu/api-client';
import { connectionKeys } from '@ultrarslanoglu/api-client/queries/connections';
import { projectKeys } from '@ultrarslanoglu/api-client/queries/projects';
import { useQueryClient } from '@tanstack/react-query';
import { useLiveEvents } from '@/lib/live/live-provider';

/** Keeps everything that shows a project current. */
export function LiveProjects() {
  const client = useQueryClient();
  const readLists = () => void client.invalidateQueries({ queryKey: projectKeys.lists });
  useLiveEvents(
    {
      'project.created': readLists,
      'project.updated': (data) => {
        const project = data as ProjectRead;
        client.setQueryData(projectKeys.detail(project.id), project);
        void client.invalidateQueries({ queryKey: projectKeys.parts(project.id) });
        readLists();
      },
      'project.deleted': (data) => {
        const { id } = data as { id: string };
        // Whoever looks at it asks again, and is told that it is gone.
        void client.invalidateQueries({ queryKey: projectKeys.detail(id) });
        readLists();
      },
      'project.repositories': (data) => {
        const { project_ids: ids } = data as { project_ids: string[] };
        for (const id of ids) void client.invalidateQueries({ queryKey: projectKeys.repositories(id) });
      },
      'github.changed': () => {
        void client.invalidateQueries({ queryKey: connectionKeys.all });
        void client.invalidateQueries({ queryKey: projectKeys.all });
      },
    },
    () => {
      void client.invalidateQueries({ queryKey: projectKeys.all });
      void client.invalidateQueries({ queryKey: connectionKeys.all });
    },
  );
  return null;
}
