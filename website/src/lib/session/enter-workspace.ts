import { tellOtherTabs } from './channel';

/** So long may the next page take; whoever chose to stay for the sake of an upload can go later. */
const goingFor = 10_000;
let wentAt = -goingFor;

/**
 * After the session has moved to another workspace: a full page load, here and in the other tabs, so that nothing of the one before stays in memory.
 * The answer to what a person did and the live event of it both lead here: the second must not stop the first.
 */
export function enterWorkspace(path: string) {
  if (performance.now() - wentAt < goingFor) return;
  wentAt = performance.now();
  // Only while leaving: this page listens as well, and would read itself again instead of going on.
  window.addEventListener('pagehide', () => tellOtherTabs('signed-in'), { once: true });
  window.location.assign(path);
}
