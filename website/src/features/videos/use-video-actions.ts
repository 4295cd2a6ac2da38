'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import {
  cancelVideo,
  deleteVideo,
  renameVideo,
  restoreVideo,
  retryVideo,
  videoKeys,
} from '@ultrarslanoglu/api-client/queries/videos';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { applyVideoDeleted, applyVideoUpdated } from './apply-video-event';

/** Long enough to notice and to reach, also by keyboard. */
const undoTime = 10_000;

/** What a person can do to a video. Failures are said in a toast, in the gateway's own sentence. */
export function useVideoActions(id: string) {
  const t = useTranslations('Video');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const onError = (error: Error) => void toast.error(sentence(error));
  const onSuccess = (video: VideoRead) => applyVideoUpdated(client, video);

  const rename = useMutation({
    mutationFn: (title: string) => renameVideo(api, id, title),
    onSuccess,
    onError,
  });
  const cancel = useMutation({ mutationFn: () => cancelVideo(api, id), onSuccess, onError });
  const retry = useMutation({ mutationFn: () => retryVideo(api, id), onSuccess, onError });

  const restore = useMutation({
    mutationFn: () => restoreVideo(api, id),
    onSuccess: (video) => {
      applyVideoUpdated(client, video);
      void client.invalidateQueries({ queryKey: videoKeys.all });
      toast.success(t('restored'));
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => deleteVideo(api, id),
    onSuccess: () => {
      applyVideoDeleted(client, id);
      toast(t('deleted'), {
        duration: undoTime,
        action: { label: t('undo'), onClick: () => restore.mutate() },
      });
    },
    onError,
  });
  return { rename, cancel, retry, remove };
}
