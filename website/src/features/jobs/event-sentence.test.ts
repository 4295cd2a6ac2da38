import { expect, test } from 'vitest';
import messages from '../../../messages/tr.json';
import { eventLooks } from './event-looks';
import { knownEvents, sentenceOf, troubleIn } from './event-sentence';

const at = '2026-11-23T10:00:00Z';
const of = (event: string, facts: Record<string, unknown> = {}) => ({ event, facts, at });
const alone = (event: string, facts?: Record<string, unknown>) => sentenceOf(of(event, facts), []);

test('tells what it knows', () => {
  expect(alone('created', { trigger: 'webhook' })).toEqual({ key: 'createdBy', trigger: 'webhook' });
  expect(alone('put_back', { is_edited: true })).toEqual({ key: 'put_back_edited' });
});

test.each([
  ['retried', 'retriedAt'],
  ['rate_limited', 'rate_limitedUntil'],
  ['postponed', 'postponedUntil'],
])('%s says when it goes on', (event, key) => {
  const until = new Date('2026-11-23T10:01:30Z');
  expect(alone(event, { pause_seconds: 90 })).toEqual({ key, until });
  expect(alone(event, { pause_seconds: 0 })).toEqual({ key: event });
});

test('keeps to the plain sentence where a fact is missing or of another kind', () => {
  expect(alone('created')).toEqual({ key: 'created' });
  expect(alone('retried', { pause_seconds: '90' })).toEqual({ key: 'retried' });
  expect(alone('put_back', { is_edited: false })).toEqual({ key: 'put_back' });
});

test('counts attempts: only a retry begins a new one, and a job put back counts anew', () => {
  const log = ['created', 'started', 'retried', 'started', 'rate_limited', 'started', 'crashed'].map((name) =>
    of(name),
  );
  expect(sentenceOf(of('started'), log.slice(0, 1))).toEqual({ key: 'started' });
  expect(sentenceOf(of('started'), log)).toEqual({ key: 'startedAgain', attempt: 2 });
  expect(sentenceOf(of('started'), [...log, of('dead'), of('put_back')])).toEqual({ key: 'started' });
});

test.each([
  ['WorkerDied', 'dead_crashes'],
  ['DeadlinePassed', 'dead_deadline'],
  ['Retryable', 'dead_attempts'],
  [undefined, 'dead'],
])('says why a job was given up: %s', (error_code, key) => {
  expect(alone('dead', { error_code })).toEqual({ key });
});

test('an event that it has no words for is named', () => {
  expect(alone('teleported')).toEqual({ key: 'other', event: 'teleported' });
});

test('there is a sentence and a sign for each event', () => {
  expect(Object.keys(messages.Jobs.events)).toEqual(expect.arrayContaining([...knownEvents]));
  expect(Object.keys(eventLooks)).toEqual(expect.arrayContaining([...knownEvents]));
});

test('an empty error is no trouble to tell of', () => {
  expect(troubleIn({ error: ' ' })).toBeUndefined();
  expect(troubleIn({ error: 'Yanıt yok.' })).toBe('Yanıt yok.');
});
