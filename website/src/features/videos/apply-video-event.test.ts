import type { VideoPage, VideoRead } from '@ultrarslanoglu/api-client';
import { videoKeys } from '@ultrarslanoglu/api-client/queries/videos';
import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { beforeEach, expect, test } from 'vitest';
import { applyVideoCreated, applyVideoDeleted, applyVideoUpdated } from './apply-video-event';

const video = (part: Partial<VideoRead>): VideoRead => ({
  id: 'a',
  title: 'Boğaz',
  filename: 'a.mp4',
  size: 1,
  status: 'processing',
  step: 'render',
  progress: 10,
  time_left: null,
  steps: [],
  duration: null,
  width: null,
  height: null,
  fps: null,
  has_audio: null,
  error: null,
  warnings: [],
  result: null,
  created_at: '2026-11-23T10:00:00Z',
  updated_at: '2026-11-23T10:00:00Z',
  completed_at: null,
  ...part,
});

const listKey = videoKeys.list({});
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  const page: VideoPage = { items: [video({}), video({ id: 'b' })], next_cursor: null };
  client.setQueryData<InfiniteData<VideoPage>>(listKey, { pages: [page], pageParams: [null] });
  client.setQueryData(videoKeys.recent, page);
  client.setQueryData(videoKeys.detail('a'), video({}));
  client.setQueryData(videoKeys.processing, [video({})]);
  client.setQueryData(videoKeys.summary, { total: 2 });
});

const inList = () =>
  client.getQueryData<InfiniteData<VideoPage>>(listKey)?.pages.flatMap((page) => page.items);
const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

test('progress reaches every place and asks the server nothing', () => {
  applyVideoUpdated(client, video({ progress: 42, updated_at: '2026-11-23T10:00:01Z' }));
  expect(inList()?.map(({ progress }) => progress)).toEqual([42, 10]);
  expect(client.getQueryData<VideoPage>(videoKeys.recent)?.items[0]?.progress).toBe(42);
  expect(client.getQueryData<VideoRead>(videoKeys.detail('a'))?.progress).toBe(42);
  expect(client.getQueryData<VideoRead[]>(videoKeys.processing)?.[0]?.progress).toBe(42);
  expect([isStale(listKey), isStale(videoKeys.summary)]).toEqual([false, false]);
});

test('an event that comes late changes nothing', () => {
  applyVideoUpdated(client, video({ progress: 5, updated_at: '2026-11-23T09:59:59Z' }));
  expect(client.getQueryData<VideoRead>(videoKeys.detail('a'))?.progress).toBe(10);
});

test('a video that is done leaves what is being processed, and the numbers are read again', () => {
  applyVideoUpdated(client, video({ status: 'completed', updated_at: '2026-11-23T10:01:00Z' }));
  expect(client.getQueryData(videoKeys.processing)).toEqual([]);
  expect([isStale(listKey), isStale(videoKeys.summary)]).toEqual([true, true]);
});

test('a new video joins what is being processed', () => {
  applyVideoCreated(client, video({ id: 'c', status: 'queued' }));
  expect(client.getQueryData<VideoRead[]>(videoKeys.processing)?.map(({ id }) => id)).toEqual(['c', 'a']);
  expect([isStale(listKey), isStale(videoKeys.recent)]).toEqual([true, true]);
});

test('a deleted video is gone everywhere', () => {
  applyVideoDeleted(client, 'a');
  expect(inList()?.map(({ id }) => id)).toEqual(['b']);
  expect(client.getQueryData(videoKeys.processing)).toEqual([]);
  expect(isStale(videoKeys.summary)).toBe(true);
});
