'use client';
import { NotSignedIn } from '@ultrarslanoglu/api-client/errors';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { api } from '@/lib/api';
import { LiveConnection, type LiveState } from './connection';

const Connection = createContext<LiveConnection | null>(null);

/** Holds the tab's one stream of live news; each feature listens with `useLiveEvents`. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [connection] = useState(
    () =>
      new LiveConnection({
        url: '/api/events',
        // The server asks who it is before it reads anything for the page.
        after: client.getQueryData(meQuery(api).queryKey)?.news_id,
        onRefused: () => isStillSignedIn(client),
      }),
  );
  const isKeptOut = useQuery({ ...meQuery(api), enabled: false }).data?.lacks_second_factor ?? false;
  useEffect(() => {
    // News are of the workspace, which tells nothing to somebody whom it keeps out.
    if (isKeptOut) return connection.rest();
    connection.open();
    return () => connection.close();
  }, [connection, isKeptOut]);
  return <Connection value={connection}>{children}</Connection>;
}

/** What to do for each event, by its name, and when some may have been missed. */
export function useLiveEvents(handlers: Record<string, (data: unknown) => void>, onGap: () => void) {
  const connection = useConnection();
  const names = Object.keys(handlers).join(' ');
  const handle = useEffectEvent((name: string, data: unknown) => handlers[name]?.(data));
  const handleGap = useEffectEvent(onGap);
  useEffect(() => {
    const stops = names.split(' ').map((name) => connection.on(name, (data) => handle(name, data)));
    stops.push(connection.onGap(() => handleGap()));
    return () => stops.forEach((stop) => stop());
  }, [connection, names]);
}

export function useLiveState(): LiveState {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.state, () => 'connecting');
}

function useConnection(): LiveConnection {
  const connection = useContext(Connection);
  if (!connection) throw new Error('Live events are read below a LiveProvider.');
  return connection;
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
