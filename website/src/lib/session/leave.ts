import { loginPath } from '../next-path';

/** A full page load: nothing of the person who was signed in stays in memory. */
export function goToLogin() {
  const { pathname, search } = window.location;
  const prefix = pathname === '/en' || pathname.startsWith('/en/') ? '/en' : '';
  window.location.assign(prefix + loginPath(pathname + search));
}
