/** The token that every changing request carries: only pages of this website can read it, so it shows that one of them sent it. */

/** Asked for when the cookie cannot be found; it belongs to one session, and a wrong one is only refused. */
let asked: string | null = null;

export function readCsrfToken(): string | null {
  return fromCookie() ?? asked;
}

/** For a page that was open while the server learned to ask for it, and for one that cannot find the cookie. */
export async function renewCsrfToken(): Promise<string | null> {
  const reply = await fetch('/api/auth/csrf', {
    headers: { 'Accept-Language': document.documentElement.lang },
  });
  asked = reply.ok ? ((await reply.json()) as { token: string }).token : null;
  return asked;
}

function fromCookie(): string | null {
  const names = ['__Host-ultra_csrf', `ultra_${portOf(window.location)}_csrf`];
  const pairs = document.cookie.split('; ').map((pair) => pair.split('='));
  for (const name of names) {
    const found = pairs.find(([each]) => each === name)?.[1];
    if (found) return found;
  }
  return null;
}

const portOf = ({ port, protocol }: Location) => port || (protocol === 'https:' ? '443' : '80');
