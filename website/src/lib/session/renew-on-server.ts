/** Renews a session before a page is rendered: the access cookie lives minutes, the refresh cookie two weeks, and coming back must not sign anyone out. */
import { createHash } from 'node:crypto';
import { gatewayUrl } from '../env';

export interface Renewal {
  isSignedIn: boolean;
  /** Set-Cookie lines for the browser, as the gateway wrote them. */
  cookies: string[];
}

/** Requests that were sent with the old cookie a moment ago get the answer that the first of them got. */
const rememberFor = 10_000;
const renewals = new Map<string, Promise<Renewal>>();

export interface Visitor {
  refreshToken: string;
  cookieName: string;
  host: string;
  protocol: string;
  language: string;
  userAgent: string;
  /** As the proxies in front wrote it; the gateway believes as many of them as it is told to. */
  forwardedFor: string | null;
}

export function renewOnServer(visitor: Visitor): Promise<Renewal> {
  const key = createHash('sha256').update(visitor.refreshToken).digest('hex');
  const running = renewals.get(key);
  if (running) return running;
  const renewal = askGateway(visitor);
  renewals.set(key, renewal);
  void renewal
    .then(
      () => rememberFor,
      // An unreachable gateway says nothing about the session: the next request asks again.
      () => 0,
    )
    .then((wait) => setTimeout(() => renewals.delete(key), wait).unref());
  return renewal;
}

async function askGateway(visitor: Visitor): Promise<Renewal> {
  const reply = await fetch(new URL('/api/auth/refresh', gatewayUrl()), {
    method: 'POST',
    headers: {
      cookie: `${visitor.cookieName}=${visitor.refreshToken}`,
      // The gateway refuses cookie requests of other origins; this one speaks for the website's own.
      origin: `${visitor.protocol}://${visitor.host}`,
      'sec-fetch-site': 'same-origin',
      'x-forwarded-host': visitor.host,
      'x-forwarded-proto': visitor.protocol,
      // Else all visitors would share the website's own allowance of requests.
      ...(visitor.forwardedFor ? { 'x-forwarded-for': visitor.forwardedFor } : {}),
      'accept-language': visitor.language,
      'user-agent': visitor.userAgent,
    },
    cache: 'no-store',
    signal: AbortSignal.timeout(5_000),
  });
  await reply.body?.cancel();
  // Only this says that nobody is signed in; anything else, such as too many requests, says nothing of the session.
  if (!reply.ok && reply.status !== 401) {
    throw new Error(`The gateway answered ${reply.status} to a refresh.`);
  }
  return { isSignedIn: reply.ok, cookies: reply.headers.getSetCookie() };
}
