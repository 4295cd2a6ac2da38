/** Requests of the noun "projects": the list, one project, its videos, members, repositories and drafts. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApiClient, ProjectCreate, ProjectUpdate } from '../client';
import { unwrap } from '../errors';

export interface ProjectFilters {
  archived?: boolean | undefined;
  q?: string | undefined;
}

export const projectKeys = {
  all: ['projects'] as const,
  lists: ['projects', 'list'] as const,
  list: (filters: ProjectFilters) => ['projects', 'list', filters] as const,
  detail: (id: string) => ['projects', 'detail', id] as const,
  parts: (id: string) => ['projects', 'parts', id] as const,
  videos: (id: string) => ['projects', 'parts', id, 'videos'] as const,
  members: (id: string) => ['projects', 'parts', id, 'members'] as const,
  repositories: (id: string) => ['projects', 'parts', id, 'repositories'] as const,
  drafts: (id: string) => ['projects', 'parts', id, 'drafts'] as const,
};

const path = (project_id: string) => ({ params: { path: { project_id } } });

export const projectListQuery = (api: ApiClient, filters: ProjectFilters, limit = 24) =>
  infiniteQueryOptions({
    queryKey: projectKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/projects', {
          params: { query: { ...filters, limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const projectQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: projectKeys.detail(id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project_id}', { ...path(id), signal })),
  });

export const projectVideosQuery = (api: ApiClient, project_id: string, limit = 24) =>
  infiniteQueryOptions({
    queryKey: projectKeys.videos(project_id),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/projects/{project_id}/videos', {
          params: { path: { project_id }, query: { limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const projectMembersQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: projectKeys.members(id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project_id}/members', { ...path(id), signal })),
  });

export const projectRepositoriesQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: projectKeys.repositories(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/projects/{project_id}/repositories', { ...path(id), signal })),
  });

export const draftsQuery = (api: ApiClient, project_id: string, limit = 10) =>
  infiniteQueryOptions({
    queryKey: projectKeys.drafts(project_id),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/projects/{project_id}/drafts', {
          params: { path: { project_id }, query: { limit, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const createProject = (api: ApiClient, body: ProjectCreate) =>
  unwrap(api.POST('/api/projects', { body }));

export const updateProject = (api: ApiClient, id: string, body: ProjectUpdate) =>
  unwrap(api.PATCH('/api/projects/{project_id}', { ...path(id), body }));

export const deleteProject = (api: ApiClient, id: string) =>
  unwrap(api.DELETE('/api/projects/{project_id}', path(id)));

export const archiveProject = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/projects/{project_id}/archive', path(id)));

export const restoreProject = (api: ApiClient, id: string) =>
  unwrap(api.POST('/api/projects/{project_id}/restore', path(id)));

export const setProjectCover = (api: ApiClient, id: string, video_id: string | null) =>
  unwrap(api.PUT('/api/projects/{project_id}/cover', { ...path(id), body: { video_id } }));

const videoPath = (project_id: string, video_id: string) => ({ params: { path: { project_id, video_id } } });

export const addProjectVideo = (api: ApiClient, project_id: string, video_id: string) =>
  unwrap(api.PUT('/api/projects/{project_id}/videos/{video_id}', videoPath(project_id, video_id)));

export const removeProjectVideo = (api: ApiClient, project_id: string, video_id: string) =>
  unwrap(api.DELETE('/api/projects/{project_id}/videos/{video_id}', videoPath(project_id, video_id)));

export const chooseRepositories = (api: ApiClient, id: string, full_names: string[]) =>
  unwrap(api.PUT('/api/projects/{project_id}/repositories', { ...path(id), body: { full_names } }));

/** Writes a text for a post from a release, in the reader's language. */
export const draftRelease = (api: ApiClient, project_id: string, release_id: string) =>
  unwrap(
    api.POST('/api/projects/{project_id}/releases/{release_id}/draft', {
      params: { path: { project_id, release_id } },
      body: {},
    }),
  );

const draftPath = (project_id: string, draft_id: string) => ({ params: { path: { project_id, draft_id } } });

export const updateDraft = (api: ApiClient, project_id: string, draft_id: string, body: string) =>
  unwrap(
    api.PATCH('/api/projects/{project_id}/drafts/{draft_id}', {
      ...draftPath(project_id, draft_id),
      body: { body },
    }),
  );

export const deleteDraft = (api: ApiClient, project_id: string, draft_id: string) =>
  unwrap(api.DELETE('/api/projects/{project_id}/drafts/{draft_id}', draftPath(project_id, draft_id)));
