import type { JobPage } from '@ultrarslanoglu/api-client';
import { jobKeys } from '@ultrarslanoglu/api-client/queries/jobs';
import { QueryClient, type InfiniteData } from '@tanstack/react-query';
import { beforeEach, expect, test } from 'vitest';
import { applyJobChanged, type JobChange } from './apply-job-event';
import { jobOf } from './job-of.fixture';

const listKey = jobKeys.list({ scope: 'own' });
let client: QueryClient;

beforeEach(() => {
  client = new QueryClient();
  const page: JobPage = { items: [jobOf({ id: 'a' }), jobOf({ id: 'b' })], next_cursor: null };
  client.setQueryData<InfiniteData<JobPage>>(listKey, { pages: [page], pageParams: [null] });
});

const change = (part: Partial<JobChange>): JobChange => ({
  id: 'a',
  name: 'video.process_video',
  state: 'running',
  progress: 0.4,
  seq: 3,
  ...part,
});
const listed = () =>
  client
    .getQueryData<InfiniteData<JobPage>>(listKey)
    ?.pages.flatMap((page) => page.items.map(({ id, state, progress }) => [id, state, progress]));

test('progress reaches the list, and nothing has to be read again', () => {
  expect(applyJobChanged(client, change({}))).toBe(false);
  expect(listed()).toEqual([
    ['a', 'running', 0.4],
    ['b', 'running', null],
  ]);
});

test('a new state has everything read again', () => {
  expect(applyJobChanged(client, change({ state: 'done', progress: null }))).toBe(true);
  expect(listed()?.[0]).toEqual(['a', 'done', null]);
});

test('an event that is no progress keeps what is known of it, and has everything read again', () => {
  applyJobChanged(client, change({ progress: 0.4 }));
  expect(applyJobChanged(client, change({ seq: 4, progress: null }))).toBe(true);
  expect(listed()?.[0]).toEqual(['a', 'running', 0.4]);
});

test('a job that is not listed has everything read again', () => {
  expect(applyJobChanged(client, change({ id: 'new' }))).toBe(true);
});

test('an event that was overtaken changes nothing', () => {
  applyJobChanged(client, change({ state: 'done', progress: 1, seq: 5 }));
  expect(applyJobChanged(client, change({ seq: 4 }))).toBe(false);
  expect(listed()?.[0]).toEqual(['a', 'done', 1]);
});

test('progress between two logged events has the number of the last one and still counts', () => {
  applyJobChanged(client, change({ seq: 3, progress: 0.4 }));
  applyJobChanged(client, change({ seq: 3, progress: 0.5 }));
  expect(listed()?.[0]).toEqual(['a', 'running', 0.5]);
});
