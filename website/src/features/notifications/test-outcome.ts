/** What can be said about a test that was sent. */

export type TestOutcome =
  | 'idle'
  | 'sending'
  /** The other side took it, or it is in the app. */
  | 'arrived'
  | 'failed'
  /** It is still being tried. */
  | 'late';

interface Facts {
  isSending: boolean;
  isStarted: boolean;
  /** Null where nothing has to be delivered: in the app. */
  jobId: string | null;
  jobState: string | null;
  hasArrived: boolean;
  isLate: boolean;
}

export function outcomeOf({ isSending, isStarted, jobId, jobState, hasArrived, isLate }: Facts): TestOutcome {
  if (isSending) return 'sending';
  if (!isStarted) return 'idle';
  if (jobId === null ? hasArrived : jobState === 'done') return 'arrived';
  if (jobState === 'failed' || jobState === 'dead' || jobState === 'cancelled') return 'failed';
  return isLate ? 'late' : 'sending';
}
