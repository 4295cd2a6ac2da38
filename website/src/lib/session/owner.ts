/** Whose pages this browser shows: the person and the workspace. All tabs share it; what a tab leaves behind is marked with it. */

const key = 'ultra.owner';

export const readOwner = () => localStorage.getItem(key) ?? '';

/** Calls `onOther` as soon as another tab shows somebody else's pages, also after this one has slept. */
export function showPagesOf(owner: string, onOther: () => void): () => void {
  localStorage.setItem(key, owner);
  const look = () => {
    const now = readOwner();
    if (now && now !== owner) onOther();
  };
  window.addEventListener('storage', look);
  document.addEventListener('visibilitychange', look);
  return () => {
    window.removeEventListener('storage', look);
    document.removeEventListener('visibilitychange', look);
  };
}
