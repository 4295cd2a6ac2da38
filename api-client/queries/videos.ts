/** Requests of the noun "videos": lists, one video, its scenes, and what can be done to it. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApiClient, VideoRead } from '../client';
import { unwrap } from '../errors';

export type VideoStatus = VideoRead['status'];

export interface VideoFilters {
  status?: VideoStatus | undefined;
  q?: string | undefined;
}

export const videoKeys = {
  all: ['videos'] as const,
  lists: ['videos', 'list'] as const,
  list: (filters: VideoFilters) => ['videos', 'list', filters] as const,
  recent: ['videos', 'recent'] as const,
  processing: ['videos', 'processing'] as const,
  summary: ['videos', 'summary'] as const,
  activity: ['videos', 'activity'] as const,
  detail: (id: string) => ['videos', 'detail', id] as const,
  sprite: (id: string) => ['videos', 'sprite', id] as const,
  scenes: (id: string) => ['videos', 'scenes', id] as const,
};

export const videoListQuery = (api: ApiClient, filters: VideoFilters, limit = 24) =>
  infiniteQueryOptions({
    queryKey: videoKeys.list(filters),
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/api/video', {
          params: {
            query: {
              ...filters,
              limit,
              ...(pageParam ? { cursor: pageParam } : {}),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });

export const recentVideosQuery = (api: ApiClient, limit = 6) =>
  queryOptions({
    queryKey: videoKeys.recent,
    queryFn: ({ signal }) => unwrap(api.GET('/api/video', { params: { query: { limit } }, signal })),
  });

/** Everything under way. The API filters by one status, so there is one request for each. */
export const processingVideosQuery = (api: ApiClient, limit = 20) =>
  queryOptions({
    queryKey: videoKeys.processing,
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        (['processing', 'queued', 'uploaded'] as const).map((status) =>
          unwrap(
            api.GET('/api/video', {
              params: { query: { status, limit } },
              signal,
            }),
          ),
        ),
      );
      return lists.flatMap((list) => list.items);
    },
  });

export const videoQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: videoKeys.detail(id),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/video/{video_id}', {
          params: { path: { video_id: id } },
          signal,
        }),
      ),
  });

export const scenesQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: videoKeys.scenes(id),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/video/{video_id}/scenes', {
          params: { path: { video_id: id } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });

/** The index of the small pictures along the time line, as WebVTT. */
export const spriteQuery = (api: ApiClient, id: string) =>
  queryOptions({
    queryKey: videoKeys.sprite(id),
    queryFn: ({ signal }) =>
      unwrap<string>(
        api.GET('/api/video/{video_id}/{name}', {
          params: { path: { video_id: id, name: 'sprite.vtt' } },
          parseAs: 'text',
          signal,
        }),
      ),
    staleTime: Infinity,
  });

export const summaryQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: videoKeys.summary,
    queryFn: ({ signal }) => unwrap(api.GET('/api/video/summary', { signal })),
  });

export const activityQuery = (api: ApiClient, limit = 12) =>
  queryOptions({
    queryKey: videoKeys.activity,
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/video/activity', {
          params: { query: { limit } },
          signal,
        }),
      ),
  });

export const renameVideo = (api: ApiClient, video_id: string, title: string) =>
  unwrap(
    api.PATCH('/api/video/{video_id}', {
      params: { path: { video_id } },
      body: { title },
    }),
  );

export const deleteVideo = (api: ApiClient, video_id: string) =>
  unwrap(api.DELETE('/api/video/{video_id}', { params: { path: { video_id } } }));

export const restoreVideo = (api: ApiClient, video_id: string) =>
  unwrap(
    api.POST('/api/video/{video_id}/restore', {
      params: { path: { video_id } },
    }),
  );

export const cancelVideo = (api: ApiClient, video_id: string) =>
  unwrap(
    api.POST('/api/video/{video_id}/cancel', {
      params: { path: { video_id } },
    }),
  );

export const retryVideo = (api: ApiClient, video_id: string) =>
  unwrap(api.POST('/api/video/{video_id}/retry', { params: { path: { video_id } } }));

/** Addresses of a video's files; they are asked for by the browser itself, not by the client. */
export const videoFiles = {
  poster: (id: string) => `/api/video/${id}/poster`,
  sprite: (id: string) => `/api/video/${id}/sprite.vtt`,
  stream: (id: string) => `/api/video/${id}/stream/master.m3u8`,
  download: (id: string, kind: 'result' | 'original') => `/api/video/${id}/download?kind=${kind}`,
};
