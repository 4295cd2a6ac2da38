import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deleteLater, finishAll, pendingDeletions, takeBack, undoTime } from './pending-deletions';

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  finishAll();
  vi.useRealTimers();
});

test('the gateway hears of it when the time is over', () => {
  const commit = vi.fn();
  deleteLater('a', true, commit);
  expect(pendingDeletions.read().get('a')?.isUnread).toBe(true);
  vi.advanceTimersByTime(undoTime - 1);
  expect(commit).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(commit).toHaveBeenCalledExactlyOnceWith(false);
  expect(pendingDeletions.read().size).toBe(0);
});

test('taken back, nothing is deleted', () => {
  const commit = vi.fn();
  deleteLater('a', false, commit);
  expect(takeBack('a')).toBe(true);
  vi.advanceTimersByTime(undoTime);
  expect(commit).not.toHaveBeenCalled();
});

test('leaving the page deletes at once what waits, and only once', () => {
  const commit = vi.fn();
  deleteLater('a', false, commit);
  finishAll();
  vi.advanceTimersByTime(undoTime);
  expect(commit).toHaveBeenCalledExactlyOnceWith(true);
  expect(takeBack('a')).toBe(false);
});

test('tells who watches, with a new object each time', () => {
  const listener = vi.fn();
  const stop = pendingDeletions.subscribe(listener);
  const before = pendingDeletions.read();
  deleteLater('a', false, vi.fn());
  expect(listener).toHaveBeenCalledOnce();
  expect(pendingDeletions.read()).not.toBe(before);
  stop();
});
