/** When the access token was last renewed and when it is due again. All tabs share it; the token itself is never stored. */

const key = 'ultra.session';

interface Lifetime {
  renewedAt: number;
  dueAt: number;
}

export function rememberRenewal(token: string, now = Date.now()) {
  const claims = readClaims(token);
  // Only the length counts: the server's clock and this one may differ.
  const seconds = claims ? claims.exp - claims.iat : 60;
  const lifetime: Lifetime = { renewedAt: now, dueAt: now + seconds * 0.8 * 1000 };
  localStorage.setItem(key, JSON.stringify(lifetime));
}

export const forgetRenewal = () => localStorage.removeItem(key);

export const renewedAt = () => read()?.renewedAt ?? 0;

/** Due as well when nothing is known: the token of this page may be nearly over. */
export const isRenewalDue = (now = Date.now()) => now >= (read()?.dueAt ?? 0);

function read(): Lifetime | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Lifetime | null;
  } catch {
    return null;
  }
}

function readClaims(token: string): { iat: number; exp: number } | null {
  try {
    const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    const claims = JSON.parse(atob(payload)) as { iat?: number; exp?: number };
    return claims.iat && claims.exp ? { iat: claims.iat, exp: claims.exp } : null;
  } catch {
    return null;
  }
}
