/** Where to go after signing in. The address bar is anybody's to fill in, so only a path of this site is believed. */

const home = '/dashboard';

export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return home;
  // "//host" and "/\host" leave the site in a browser; control characters are stripped by browsers and could build either.
  if (next.startsWith('//') || next.includes('\\') || hasControlCharacter(next)) return home;
  return next;
}

const hasControlCharacter = (text: string) => [...text].some((character) => character < ' ');

/** The login page that leads back to `path`. */
export const loginPath = (path: string) => `/login?next=${encodeURIComponent(path)}`;
