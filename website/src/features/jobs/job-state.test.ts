import { expect, test } from 'vitest';
import { actionsOf, isAhead, states } from './job-state';

test.each([
  ['waiting', ['pause', 'cancel']],
  ['queued', ['pause', 'cancel']],
  ['running', ['cancel']],
  ['paused', ['resume', 'cancel']],
  ['failed', ['retry', 'drop']],
  ['dead', ['retry', 'drop']],
  ['done', []],
  ['cancelled', []],
] as const)('a job that is %s offers %j', (state, actions) => {
  expect(actionsOf({ state, is_cancel_requested: false })).toEqual(actions);
});

test('no job is asked to stop twice', () => {
  for (const state of states) expect(actionsOf({ state, is_cancel_requested: true })).not.toContain('cancel');
});

test('a job is ahead while it waits for a time to come', () => {
  const now = new Date('2026-11-23T10:00:00Z');
  expect(isAhead({ state: 'waiting', not_before: '2026-11-23T10:05:00Z' }, now)).toBe(true);
  expect(isAhead({ state: 'waiting', not_before: '2026-11-23T09:59:00Z' }, now)).toBe(false);
  expect(isAhead({ state: 'queued', not_before: '2026-11-23T10:05:00Z' }, now)).toBe(false);
});
