'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { videoKeys } from '@ultrarslanoglu/api-client/queries/videos';
import { useQueryClient } from '@tanstack/react-query';
import { useLiveEvents } from '@/lib/live/live-provider';
import { applyVideoCreated, applyVideoDeleted, applyVideoUpdated } from './apply-video-event';

/** Keeps everything that shows a video current. */
export function LiveVideos() {
  const client = useQueryClient();
  useLiveEvents(
    {
      'video.created': (data) => applyVideoCreated(client, data as VideoRead),
      'video.updated': (data) => applyVideoUpdated(client, data as VideoRead),
      'video.deleted': (data) => {
        const { id } = data as { id: string };
        applyVideoDeleted(client, id);
        // Another tab may be looking at it; asking again tells that tab that it is gone.
        void client.invalidateQueries({ queryKey: videoKeys.detail(id) });
      },
    },
    () => void client.invalidateQueries({ queryKey: videoKeys.all }),
  );
  return null;
}
