'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { NotSignedIn } from '@ultrarslanoglu/api-client/errors';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { videoKeys } from '@ultrarslanoglu/api-client/queries/videos';
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { ConnectionBanner } from '@/components/shell/connection-banner';
import { api } from '@/lib/api';
import { LiveConnection, type LiveState } from '@/lib/live/connection';
import { applyVideoCreated, applyVideoDeleted, applyVideoUpdated } from './apply-video-event';

/** Keeps everything that shows a video current, and says so when it cannot. */
export function LiveVideos() {
  const client = useQueryClient();
  const [connection] = useState(() => createConnection(client));
  useEffect(() => {
    connection.open();
    return () => connection.close();
  }, [connection]);
  const state = useSyncExternalStore(connection.subscribe, connection.state, (): LiveState => 'connecting');
  return <ConnectionBanner state={state} />;
}

function createConnection(client: QueryClient) {
  return new LiveConnection({
    url: '/api/events',
    events: ['video.created', 'video.updated', 'video.deleted'],
    onEvent: (name, data) => {
      if (name === 'video.created') applyVideoCreated(client, data as VideoRead);
      else if (name === 'video.updated') applyVideoUpdated(client, data as VideoRead);
      else {
        const { id } = data as { id: string };
        applyVideoDeleted(client, id);
        // Another tab may be looking at it; asking again tells that tab that it is gone.
        void client.invalidateQueries({ queryKey: videoKeys.detail(id) });
      }
    },
    onGap: () => void client.invalidateQueries({ queryKey: videoKeys.all }),
    onRefused: () => isStillSignedIn(client),
  });
}

/** Asks who is signed in, which renews the session where that is needed; an unreachable server rejects and is asked again later. */
async function isStillSignedIn(client: QueryClient): Promise<boolean> {
  try {
    await client.fetchQuery({ ...meQuery(api), staleTime: 0, retry: false });
    return true;
  } catch (error) {
    if (error instanceof NotSignedIn) return false;
    throw error;
  }
}
