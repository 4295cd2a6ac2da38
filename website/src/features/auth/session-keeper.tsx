'use client';
import { useEffect } from 'react';
import { onNewsFromOtherTabs } from '@/lib/session/channel';
import { goToLogin } from '@/lib/session/leave';
import { isRenewalDue } from '@/lib/session/lifetime';
import { showPagesOf } from '@/lib/session/owner';
import { refreshSession } from '@/lib/session/refresh';

/** Renews the session before it runs out. Requests of the page could wait for a 401, but a playing video asks for its parts by itself and would stop. */
export function SessionKeeper({ owner }: { owner: string }) {
  useEffect(() => {
    const keep = () => {
      // A failure is no news: the next request says what is wrong, in its own place.
      if (navigator.onLine && isRenewalDue()) refreshSession().catch(() => undefined);
    };
    const timer = setInterval(keep, 15_000);
    document.addEventListener('visibilitychange', keep);
    keep();
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', keep);
    };
  }, []);

  useEffect(
    () =>
      onNewsFromOtherTabs((news) => {
        // Somebody else may have signed in: read everything again rather than mix two people's data.
        if (news === 'signed-out') goToLogin();
        else window.location.reload();
      }),
    [],
  );
  // Whoever comes back from Google or GitHub may be somebody else.
  useEffect(() => showPagesOf(owner, () => window.location.reload()), [owner]);
  return null;
}
