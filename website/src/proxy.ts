/** Runs before a page: renews the session where only the refresh cookie is left, keeps strangers out of protected pages, picks the language, sets the policy for scripts. */
import createMiddleware from 'next-intl/middleware';
import { NextResponse, type NextRequest } from 'next/server';
import { routing } from './i18n/routing';
import { contentSecurityPolicy, reportingEndpoints } from './lib/csp';
import { cookieNames, isHttps, oldRefreshCookieName } from './lib/env';
import { loginPath } from './lib/next-path';
import { renewOnServer, type Renewal } from './lib/session/renew-on-server';

const localize = createMiddleware(routing);

/** Pages without a session. Everything else is protected: forgetting a page here closes it, never opens it. */
const openPages = new Set([
  '/',
  '/login',
  '/login/second-factor',
  '/register',
  '/forgot-password',
  // Links of mails bring their own key.
  '/reset-password',
  '/verify-email',
  '/confirm-email',
  '/undo-email',
]);
/** The link in a mail is its own key. */
const isOpen = (path: string) => openPages.has(path) || /^\/(unsubscribe|invitations)\/[^/]+$/.test(path);

export default async function proxy(request: NextRequest): Promise<NextResponse> {
  const { locale, path } = splitLocale(request.nextUrl.pathname);
  const isStatic = path === '/';
  const renewal = isStatic ? null : await renew(request);
  const names = cookieNames();

  // A renewal that failed for another reason is tried again by the page itself.
  const mayBeSignedIn = request.cookies.has(names.refresh) && renewal === null;
  if (!isOpen(path) && !request.cookies.has(names.access) && !mayBeSignedIn) {
    const prefix = locale === routing.defaultLocale ? '' : `/${locale}`;
    const login = prefix + loginPath(prefix + path + request.nextUrl.search);
    return withCookies(NextResponse.redirect(new URL(login, request.url)), renewal);
  }

  const nonce = isStatic ? null : btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy(nonce);
  if (nonce) {
    // Next reads the nonce for its own scripts from the request's policy; the layout reads x-nonce.
    request.headers.set('content-security-policy', policy);
    request.headers.set('x-nonce', nonce);
  }
  const response = localize(request);
  response.headers.set('content-security-policy', policy);
  response.headers.set('reporting-endpoints', reportingEndpoints);
  if (isHttps()) {
    response.headers.set('strict-transport-security', 'max-age=31536000; includeSubDomains');
  }
  if (!isStatic) response.headers.set('cache-control', 'private, no-store');
  return withCookies(response, renewal);
}

async function renew(request: NextRequest): Promise<Renewal | null> {
  const names = cookieNames();
  if (request.cookies.has(names.access)) return null;
  const oldName = oldRefreshCookieName() ?? names.refresh;
  const { name: cookieName, value: refreshToken } =
    request.cookies.get(names.refresh) ?? request.cookies.get(oldName) ?? {};
  if (!cookieName || !refreshToken) return null;
  try {
    const renewal = await renewOnServer({
      refreshToken,
      cookieName,
      host: request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? request.nextUrl.host,
      protocol: request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol.replace(':', ''),
      language: splitLocale(request.nextUrl.pathname).locale,
      userAgent: request.headers.get('user-agent') ?? '',
      forwardedFor: request.headers.get('x-forwarded-for'),
    });
    // The page that is rendered now sees the new cookies as well.
    if (renewal.isSignedIn) {
      for (const line of renewal.cookies) {
        const [name, value] = nameAndValue(line);
        request.cookies.set(name, value);
      }
    }
    return renewal;
  } catch (error) {
    console.error('session.renewal_failed', error);
    return null;
  }
}

function withCookies(response: NextResponse, renewal: Renewal | null): NextResponse {
  for (const line of renewal?.cookies ?? []) response.headers.append('set-cookie', line);
  return response;
}

function nameAndValue(cookie: string): [string, string] {
  const pair = cookie.split(';', 1)[0] ?? '';
  const at = pair.indexOf('=');
  return [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

function splitLocale(pathname: string): { locale: string; path: string } {
  const [, first = '', ...rest] = pathname.split('/');
  const isLocale = (routing.locales as readonly string[]).includes(first);
  if (!isLocale) return { locale: routing.defaultLocale, path: pathname };
  return { locale: first, path: `/${rest.join('/')}` };
}

export const config = {
  // Never on /api: a proxy that matches keeps request bodies in memory. Never on files, which have a dot in their name; the keys of unsubscribe links have one as well.
  matcher: ['/((?!api/|_next/|.*\\..*).*)', '/unsubscribe/:token', '/en/unsubscribe/:token'],
};
