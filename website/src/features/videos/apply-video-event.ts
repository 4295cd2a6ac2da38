/** Writes what a live event says into the cache, so that every place that shows the video changes at once and nothing is asked twice. */
import type { VideoPage, VideoRead } from '@ultrarslanoglu/api-client';
import { videoKeys } from '@ultrarslanoglu/api-client/queries/videos';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { isUnderWay } from './video-state';

type Pages = InfiniteData<VideoPage, string | null>;

export function applyVideoUpdated(client: QueryClient, video: VideoRead) {
  const known = client.getQueryData<VideoRead>(videoKeys.detail(video.id));
  if (known && isOlder(video, known)) return;
  const isNewStatus = known?.status !== video.status;

  client.setQueryData(videoKeys.detail(video.id), video);
  client.setQueriesData<Pages>({ queryKey: videoKeys.lists }, (pages) => mapPages(pages, replaceWith(video)));
  client.setQueryData<VideoPage>(videoKeys.recent, (list) => mapItems(list, replaceWith(video)));
  client.setQueryData<VideoRead[]>(
    videoKeys.processing,
    (videos) => videos && updateProcessing(videos, video),
  );

  if (isNewStatus) {
    void client.invalidateQueries({ queryKey: videoKeys.summary });
    void client.invalidateQueries({ queryKey: videoKeys.activity });
    // A list that is filtered by status gains or loses it.
    void client.invalidateQueries({ queryKey: videoKeys.lists });
    if (video.status === 'completed') void client.invalidateQueries({ queryKey: videoKeys.scenes(video.id) });
  }
}

export function applyVideoCreated(client: QueryClient, video: VideoRead) {
  applyVideoUpdated(client, video);
  void client.invalidateQueries({ queryKey: videoKeys.lists });
  void client.invalidateQueries({ queryKey: videoKeys.recent });
}

export function applyVideoDeleted(client: QueryClient, id: string) {
  const without = (videos: readonly VideoRead[]) => videos.filter((video) => video.id !== id);
  client.setQueriesData<Pages>({ queryKey: videoKeys.lists }, (pages) => mapPages(pages, without));
  client.setQueryData<VideoPage>(videoKeys.recent, (list) => mapItems(list, without));
  client.setQueryData<VideoRead[]>(videoKeys.processing, (videos) => videos && without(videos));
  void client.invalidateQueries({ queryKey: videoKeys.recent });
  void client.invalidateQueries({ queryKey: videoKeys.summary });
  void client.invalidateQueries({ queryKey: videoKeys.activity });
}

/** Events and answers may overtake each other; what is older changes nothing. */
const isOlder = (video: VideoRead, known: VideoRead) =>
  Date.parse(video.updated_at) < Date.parse(known.updated_at);

const replaceWith = (video: VideoRead) => (videos: readonly VideoRead[]) =>
  videos.map((other) => (other.id === video.id ? video : other));

function updateProcessing(videos: VideoRead[], video: VideoRead): VideoRead[] {
  if (!isUnderWay(video)) return videos.filter((other) => other.id !== video.id);
  const isListed = videos.some((other) => other.id === video.id);
  return isListed ? replaceWith(video)(videos) : [video, ...videos];
}

const mapItems = (
  list: VideoPage | undefined,
  change: (videos: readonly VideoRead[]) => VideoRead[],
): VideoPage | undefined => list && { ...list, items: change(list.items) };

const mapPages = (
  pages: Pages | undefined,
  change: (videos: readonly VideoRead[]) => VideoRead[],
): Pages | undefined =>
  pages && { ...pages, pages: pages.pages.map((page) => ({ ...page, items: change(page.items) })) };
