import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LiveConnection } from './connection';

/** Stands for the browser's EventSource, which jsdom does not have. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static all: Source[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(readonly url: string) {
    super();
    Source.all.push(this);
  }
  close() {
    this.readyState = Source.CLOSED;
  }
  succeed() {
    this.readyState = 1;
    this.onopen?.();
  }
  fail(isOver: boolean) {
    this.readyState = isOver ? Source.CLOSED : 0;
    this.onerror?.();
  }
  say(name: string, data: unknown, lastEventId = '') {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }
}

const newest = () => Source.all.at(-1) as Source;
const onEvent = vi.fn();
const onGap = vi.fn();
const onRefused = vi.fn(async () => true);
let connection: LiveConnection;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  Source.all = [];
  connection = new LiveConnection({ url: '/api/events', after: '7-0', onRefused });
  connection.on('video.updated', onEvent);
  connection.onGap(onGap);
  vi.clearAllMocks();
  connection.open();
});
afterEach(() => {
  connection.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('hands events over as data', () => {
  newest().succeed();
  newest().say('video.updated', { id: 'a' });
  expect(onEvent).toHaveBeenCalledWith({ id: 'a' });
  expect(connection.state()).toBe('open');
});

test('leaves reconnecting to the browser, which knows the last id', () => {
  newest().succeed();
  newest().fail(false);
  expect(connection.state()).toBe('lost');
  newest().succeed();
  expect(connection.state()).toBe('open');
  expect(Source.all).toHaveLength(1);
  expect(onGap).not.toHaveBeenCalled();
});

test('begins where the page was read on the server, so nothing has to be read again', () => {
  expect(newest().url).toBe('/api/events?after=7-0');
  newest().succeed();
  expect(onGap).not.toHaveBeenCalled();
});

test('has everything read again, once, where nobody could say where to begin', () => {
  connection.close();
  connection = new LiveConnection({ url: '/api/events', after: null, onRefused });
  connection.onGap(onGap);
  connection.open();
  expect(newest().url).toBe('/api/events');
  newest().succeed();
  newest().fail(false);
  newest().succeed();
  expect(onGap).toHaveBeenCalledOnce();
});

test('opens a new stream where the browser gave up, which goes on after the last event', async () => {
  newest().succeed();
  newest().say('hello', {}, '7-0');
  newest().say('video.updated', { id: 'a' }, '9-0');
  newest().fail(true);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(onRefused).toHaveBeenCalledOnce();
  expect(Source.all).toHaveLength(2);
  expect(newest().url).toBe('/api/events?after=9-0');
  newest().succeed();
  expect(onGap).not.toHaveBeenCalled();
});

test('waits longer from time to time while the server is away', async () => {
  onRefused.mockRejectedValueOnce(new Error('away')).mockRejectedValueOnce(new Error('away'));
  newest().fail(true);
  await vi.advanceTimersByTimeAsync(1_000 + 2_000);
  expect(Source.all).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(Source.all).toHaveLength(2);
});

test('stops where nobody is signed in', async () => {
  onRefused.mockResolvedValueOnce(false);
  newest().fail(true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Source.all).toHaveLength(1);
});

test('has everything read again when the server says that the gap was too long', () => {
  newest().say('reset', {}, '12-0');
  expect(onGap).toHaveBeenCalledOnce();
  connection.open();
  expect(newest().url).toBe('/api/events?after=12-0');
});

test('takes listeners while the stream is open, and keeps them for the stream that follows', async () => {
  const onJob = vi.fn();
  const stop = connection.on('job.changed', onJob);
  newest().say('job.changed', { id: 'j' });
  expect(onJob).toHaveBeenCalledWith({ id: 'j' });

  newest().fail(true);
  await vi.advanceTimersByTimeAsync(1_000);
  newest().say('job.changed', { id: 'k' });
  expect(onJob).toHaveBeenLastCalledWith({ id: 'k' });

  stop();
  newest().say('job.changed', { id: 'l' });
  expect(onJob).toHaveBeenCalledTimes(2);
});

test('rests without being lost, and hears what happened meanwhile when it is opened again', async () => {
  newest().say('hello', {}, '8-0');
  newest().fail(true);
  connection.rest();
  expect(connection.state()).toBe('connecting');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(Source.all).toHaveLength(1);
  connection.open();
  expect(newest().url).toBe('/api/events?after=8-0');
  newest().succeed();
  expect(connection.state()).toBe('open');
});
