/** Requests of the noun "connections": the workspace's accounts at other services. */
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient } from '../client';
import { unwrap } from '../errors';

export const connectionKeys = {
  all: ['connections'] as const,
  github: ['connections', 'github'] as const,
  choices: (q: string) => ['connections', 'github', 'repositories', q] as const,
};

export const githubQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: connectionKeys.github,
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/github', { signal })),
  });

/** Repositories that the connection may read, asked of GitHub at this moment. */
export const repositoryChoicesQuery = (api: ApiClient, q: string) =>
  queryOptions({
    queryKey: connectionKeys.choices(q),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/projects/github/repositories', { params: { query: q ? { q } : {} }, signal })),
  });

/** Where the browser goes to grant access. */
export const connectGitHub = (api: ApiClient) => unwrap(api.POST('/api/projects/github/connect'));

export const disconnectGitHub = (api: ApiClient) => unwrap(api.DELETE('/api/projects/github'));
