import { expect, test } from 'vitest';
import { looksLikeVideo } from './accepted-files';
import { percentOf, secondsLeft, smoothSpeed, type UploadItem } from './upload-item';

const item: UploadItem = {
  id: '1',
  name: 'a.mp4',
  size: 1_000,
  sent: 250,
  status: 'uploading',
  speed: 150,
  problem: null,
  videoId: null,
};

test('says how far it is and how long it will take', () => {
  expect(percentOf(item)).toBe(25);
  expect(secondsLeft(item)).toBe(5);
});

test('does not guess while nothing moves', () => {
  expect(secondsLeft({ ...item, status: 'paused' })).toBeNull();
  expect(secondsLeft({ ...item, speed: null })).toBeNull();
});

test('an empty file is complete', () => expect(percentOf({ ...item, size: 0, sent: 0 })).toBe(100));

test('the speed moves slowly', () => {
  expect(smoothSpeed(null, 100, 2)).toBe(50);
  expect(smoothSpeed(50, 100, 1)).toBe(60);
});

test.each([
  ['a.mp4', 'video/mp4', true],
  ['a.MKV', '', true],
  ['a.txt', 'text/plain', false],
  ['video', '', false],
])('%s (%s) looks like a video: %s', (name, type, expected) => {
  expect(looksLikeVideo({ name, type })).toBe(expected);
});
