import { expect, test } from 'vitest';
import { outcomeOf } from './test-outcome';

const sent = {
  isSending: false,
  isStarted: true,
  jobId: 'j' as string | null,
  jobState: null as string | null,
  hasArrived: false,
  isLate: false,
};

test.each([
  ['nothing was sent', { isStarted: false }, 'idle'],
  ['the request is under way', { isStarted: false, isSending: true }, 'sending'],
  ['the delivery waits', { jobState: 'waiting' }, 'sending'],
  ['it was delivered', { jobState: 'done' }, 'arrived'],
  ['the other side refused', { jobState: 'failed' }, 'failed'],
  ['it was given up', { jobState: 'dead' }, 'failed'],
  ['it is tried for long', { jobState: 'waiting', isLate: true }, 'late'],
  ['it was delivered in the end', { jobState: 'done', isLate: true }, 'arrived'],
  ['the app has not shown it yet', { jobId: null }, 'sending'],
  ['the app has shown it', { jobId: null, hasArrived: true }, 'arrived'],
  ['the app has not shown it for long', { jobId: null, isLate: true }, 'late'],
  // The test of another channel shows in the app as well.
  ['only the app has shown it', { jobState: 'waiting', hasArrived: true }, 'sending'],
])('%s', (_, facts, outcome) => expect(outcomeOf({ ...sent, ...facts })).toBe(outcome));
