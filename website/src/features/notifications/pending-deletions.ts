/** Deletions that can still be taken back. The gateway hears of one when its time is over, or when the page is left: then the request outlives the page. */

export type Commit = (isLeaving: boolean) => void;

interface Pending {
  isUnread: boolean;
  commit: Commit;
  timer: ReturnType<typeof setTimeout>;
}

/** Long enough to notice and to reach, also by keyboard. */
export const undoTime = 10_000;

const pending = new Map<string, Pending>();
const listeners = new Set<() => void>();
/** A new object for each change, as React wants it. */
let snapshot: ReadonlyMap<string, { isUnread: boolean }> = new Map();

export function deleteLater(id: string, isUnread: boolean, commit: Commit) {
  const timer = setTimeout(() => finish(id, false), undoTime);
  pending.set(id, { isUnread, commit, timer });
  changed();
}

/** False when it was too late. */
export function takeBack(id: string): boolean {
  const found = pending.get(id);
  if (!found) return false;
  clearTimeout(found.timer);
  pending.delete(id);
  changed();
  return true;
}

function finish(id: string, isLeaving: boolean) {
  const found = pending.get(id);
  if (!found) return;
  clearTimeout(found.timer);
  pending.delete(id);
  // First out of the cache, then out of this list: the row must not come back for a moment.
  found.commit(isLeaving);
  changed();
}

export function finishAll() {
  for (const id of [...pending.keys()]) finish(id, true);
}

export const pendingDeletions = {
  read: () => snapshot,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function changed() {
  snapshot = new Map(pending);
  for (const listener of listeners) listener();
}
