'use client';
import type { ProjectRead } from '@ultrarslanoglu/api-client';
import {
  addProjectVideo,
  archiveProject,
  deleteProject,
  projectKeys,
  removeProjectVideo,
  restoreProject,
  setProjectCover,
  updateProject,
} from '@ultrarslanoglu/api-client/queries/projects';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import type { ProjectValues } from './project-form';

/** Long enough to notice and to reach, also by keyboard. */
const undoTime = 10_000;

/** Taking out the cover leaves the project without one. */
interface TakenOut {
  id: string;
  wasCover: boolean;
}

/** What a person can do to a project. Failures are said in a toast, in the gateway's own sentence; those of a form beside its fields. */
export function useProjectActions(id: string) {
  const t = useTranslations('Project.actions');
  const client = useQueryClient();
  const router = useRouter();
  const sentence = useErrorSentence();
  const onError = (error: Error) => {
    toast.error(sentence(error));
    void client.invalidateQueries({ queryKey: projectKeys.detail(id) });
  };
  const keep = (project: ProjectRead) => {
    client.setQueryData(projectKeys.detail(id), project);
    void client.invalidateQueries({ queryKey: projectKeys.lists });
  };

  const readAgain = () => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(id) });

  const update = useMutation({
    mutationFn: (values: ProjectValues) => updateProject(api, id, values),
    onSuccess: keep,
  });
  const archive = useMutation({
    mutationFn: () => archiveProject(api, id),
    onSuccess: (project) => {
      keep(project);
      toast(t('archived'), {
        duration: undoTime,
        action: { label: t('undo'), onClick: () => restore.mutate() },
      });
    },
    onError,
  });
  const restore = useMutation({
    mutationFn: () => restoreProject(api, id),
    onSuccess: (project) => {
      keep(project);
      toast.success(t('restored'));
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => deleteProject(api, id),
    onSuccess: () => {
      toast.success(t('deleted'));
      router.push('/projects');
      client.removeQueries({ queryKey: projectKeys.detail(id) });
      void client.invalidateQueries({ queryKey: projectKeys.lists });
    },
    onError,
  });
  const setCover = useMutation({
    mutationFn: (videoId: string | null) => setProjectCover(api, id, videoId),
    onSuccess: (project, videoId) => {
      keep(project);
      toast.success(videoId ? t('coverSet') : t('coverRemoved'));
    },
    onError,
  });
  const takeOut = useMutation({
    mutationFn: (video: TakenOut) => removeProjectVideo(api, id, video.id),
    onSuccess: (_, video) => {
      toast(t('takenOut'), {
        duration: undoTime,
        action: { label: t('undo'), onClick: () => putBack.mutate(video) },
      });
      return readAgain();
    },
    onError,
  });
  const putBack = useMutation({
    mutationFn: async (video: TakenOut) => {
      await addProjectVideo(api, id, video.id);
      if (video.wasCover) await setProjectCover(api, id, video.id);
    },
    onSuccess: () => {
      toast.success(t('putBack'));
      return readAgain();
    },
    onError,
  });
  return { update, archive, restore, remove, setCover, takeOut };
}
