import { tellOtherTabs } from './channel';

/** After the session has moved to another workspace: a full page load, here and in the other tabs, so that nothing of the one before stays in memory. */
export function enterWorkspace(path: string) {
  // Only while leaving: this page listens as well, and would read itself again instead of going on.
  window.addEventListener('pagehide', () => tellOtherTabs('signed-in'), { once: true });
  window.location.assign(path);
}
