/** Reads data on the server and hands it to the page's cache, so that the first paint is complete. */
import 'server-only';
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query';
import type { ApiClient } from '@ultrarslanoglu/api-client';
import type { ReactNode } from 'react';
import { serverApi } from './server-api';

interface Props {
  /** Starts the requests. One that fails is left to the browser, which asks again and says what is wrong. */
  load: (client: QueryClient, api: ApiClient) => Promise<unknown>[];
  children: ReactNode;
}

export async function Prefetch({ load, children }: Props) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await Promise.all(load(client, await serverApi()));
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}
