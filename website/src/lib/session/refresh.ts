/** Renews the session in the browser: one request per tab at a time, one tab at a time. */
import { Unreachable } from '@ultrarslanoglu/api-client/errors';
import { tellOtherTabs } from './channel';
import { forgetRenewal, rememberRenewal, renewedAt } from './lifetime';

let running: Promise<boolean> | null = null;

/** True when the session lives on, false when nobody is signed in any more; rejects when the server did not say. */
export function refreshSession(): Promise<boolean> {
  running ??= renewInTurn().finally(() => {
    running = null;
  });
  return running;
}

async function renewInTurn(): Promise<boolean> {
  const askedAt = Date.now();
  return withLock(async () => {
    // Another tab may have done it while this one waited for its turn.
    if (renewedAt() > askedAt) return true;
    const reply = await fetch('/api/auth/refresh', {
      method: 'POST',
      headers: { 'Accept-Language': document.documentElement.lang },
    });
    if (reply.ok) {
      const { token } = (await reply.json()) as { token: string };
      rememberRenewal(token);
      return true;
    }
    if (reply.status === 401) {
      forgetRenewal();
      tellOtherTabs('signed-out');
      return false;
    }
    throw new Unreachable(`The server answered ${reply.status} to a refresh.`);
  });
}

/** Browsers offer locks on secure origins only; elsewhere the server's grace time for a token used twice has to do. */
function withLock(action: () => Promise<boolean>): Promise<boolean> {
  if (!('locks' in navigator)) return action();
  return navigator.locks.request('ultra.session', action);
}
