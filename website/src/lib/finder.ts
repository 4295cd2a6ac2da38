import 'server-only';
import type { ApiClient } from '@ultrarslanoglu/api-client';
import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { QueryClient, type FetchQueryOptions, type QueryKey } from '@tanstack/react-query';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { currentPerson, serverApi } from './server-api';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** For a page about one thing, which needs it for its title too: asks for it once. Null for nobody, and where the page shall ask by itself because the gateway is not at hand; what does not exist ends in the page that says so. */
export const finder = <Thing, Key extends QueryKey>(
  query: (api: ApiClient, id: string) => FetchQueryOptions<Thing, Error, Thing, Key>,
) =>
  cache(async (id: string): Promise<Thing | null> => {
    if (!(await currentPerson())) return null;
    if (!uuid.test(id)) notFound();
    try {
      return await new QueryClient().fetchQuery({ ...query(await serverApi(), id), retry: false });
    } catch (error) {
      if (error instanceof NotFound) notFound();
      return null;
    }
  });
