/** Which sentence tells an event of a job's log, and the facts that it needs. Facts that are missing or of another kind leave the plain sentence. */
import type { JobEventRead } from '@ultrarslanoglu/api-client';

export const knownEvents = [
  'created',
  'queued',
  'started',
  'retried',
  'rate_limited',
  'postponed',
  'released',
  'crashed',
  'done',
  'failed',
  'dead',
  'cancelled',
  'cancel_requested',
  'paused',
  'resumed',
  'put_back',
  'dropped',
] as const;
type KnownEvent = (typeof knownEvents)[number];

/** Events that begin a pause, and the sentence that names its end. */
const ends = {
  retried: 'retriedAt',
  rate_limited: 'rate_limitedUntil',
  postponed: 'postponedUntil',
} as const;

export type Sentence =
  | { key: KnownEvent | 'dead_attempts' | 'dead_crashes' | 'dead_deadline' | 'put_back_edited' }
  | { key: 'createdBy'; trigger: string }
  | { key: 'startedAgain'; attempt: number }
  | { key: (typeof ends)[keyof typeof ends]; until: Date }
  | { key: 'other'; event: string };

type Event = Pick<JobEventRead, 'event' | 'facts' | 'at'>;

/** `earlier` are the events before it, the oldest first. */
export function sentenceOf(event: Event, earlier: readonly Event[]): Sentence {
  const { facts } = event;
  switch (event.event) {
    case 'created': {
      const trigger = textIn(facts, 'trigger');
      return trigger ? { key: 'createdBy', trigger } : { key: 'created' };
    }
    case 'started': {
      const attempt = attemptAfter(earlier);
      return attempt > 1 ? { key: 'startedAgain', attempt } : { key: 'started' };
    }
    case 'retried':
    case 'rate_limited':
    case 'postponed': {
      const until = endOfPause(event);
      return until ? { key: ends[event.event], until } : { key: event.event };
    }
    case 'put_back':
      return { key: facts.is_edited === true ? 'put_back_edited' : 'put_back' };
    case 'dead':
      return { key: reasonOfDeath(textIn(facts, 'error_code')) };
    default:
      return isKnown(event.event) ? { key: event.event } : { key: 'other', event: event.event };
  }
}

/** What went wrong, in the words of the task; some events have none. */
export const troubleIn = (facts: Event['facts']) => textIn(facts, 'error');

export const workerIn = (facts: Event['facts']) => textIn(facts, 'owner');

/** A job that was put back begins to count anew. */
function attemptAfter(earlier: readonly Event[]): number {
  const names = earlier.map(({ event }) => event);
  return 1 + names.slice(names.lastIndexOf('put_back') + 1).filter((name) => name === 'retried').length;
}

function endOfPause({ at, facts }: Event): Date | null {
  const pause = facts.pause_seconds;
  return typeof pause === 'number' && pause > 0 ? new Date(Date.parse(at) + pause * 1_000) : null;
}

/** The engine's own two reasons have codes; any other code is of the error that used up the last attempt. */
function reasonOfDeath(code: string | undefined) {
  if (!code) return 'dead';
  if (code === 'WorkerDied') return 'dead_crashes';
  return code === 'DeadlinePassed' ? 'dead_deadline' : 'dead_attempts';
}

function textIn(facts: Event['facts'], name: string): string | undefined {
  const value = facts[name];
  return typeof value === 'string' && value.trim() ? value : undefined;
}

const isKnown = (event: string): event is KnownEvent => (knownEvents as readonly string[]).includes(event);
