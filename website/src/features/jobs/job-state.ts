import type { JobRead, JobState } from '@ultrarslanoglu/api-client';

/** In the order in which a job usually passes through them. */
export const states: readonly JobState[] = [
  'running',
  'queued',
  'waiting',
  'paused',
  'done',
  'failed',
  'dead',
  'cancelled',
];

export const deadLetterStates: readonly JobState[] = ['failed', 'dead'];

export type JobAction = 'cancel' | 'pause' | 'resume' | 'retry' | 'drop';

const allowed: Record<JobState, readonly JobAction[]> = {
  waiting: ['pause', 'cancel'],
  queued: ['pause', 'cancel'],
  running: ['cancel'],
  paused: ['resume', 'cancel'],
  failed: ['retry', 'drop'],
  dead: ['retry', 'drop'],
  done: [],
  cancelled: [],
};

/** What a person can do to a job in its state. The gateway decides; this only keeps buttons away that it would refuse. */
export function actionsOf(job: Pick<JobRead, 'state' | 'is_cancel_requested'>): readonly JobAction[] {
  const actions = allowed[job.state];
  return job.is_cancel_requested ? actions.filter((action) => action !== 'cancel') : actions;
}

export const isDeadLetter = (job: Pick<JobRead, 'state'>) => deadLetterStates.includes(job.state);

/** Something will still happen to it. */
export const isOpen = (job: Pick<JobRead, 'state'>) =>
  job.state === 'waiting' || job.state === 'queued' || job.state === 'running' || job.state === 'paused';

/** Its time is still to come. */
export const isAhead = (job: Pick<JobRead, 'state' | 'not_before'>, now: Date) =>
  job.state === 'waiting' && new Date(job.not_before) > now;
