/** The client that the website (browser and server) and the mobile app share: typed paths, the reader's language, one refresh and one retry on 401, the CSRF token where cookies are sent. */
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './schema';

export type * from './schema';
export type ApiClient = Client<paths>;

export interface ClientOptions {
  /** Where the gateway answers; empty in the browser, where `/api` is the same origin. */
  baseUrl?: string;
  /** Asked for each request, so that a change of language takes effect at once. */
  locale: () => string;
  headers?: Record<string, string>;
  /** Renews the session; resolves to false when nobody is signed in any more. Without it a 401 stays a 401. */
  refresh?: () => Promise<boolean>;
  /** The token that changing requests with cookies carry: where to find it, and how to get a new one. */
  csrf?: { read: () => string | null; renew: () => Promise<string | null> };
  fetch?: typeof globalThis.fetch;
}

/** Requests that are about the session itself: refreshing it could not help them. */
const sessionPaths = [
  '/api/auth/login',
  '/api/auth/register',
  '/api/auth/refresh',
  '/api/auth/logout',
  '/api/auth/passkeys/login',
  '/api/auth/password/',
];

export function createApiClient(options: ClientOptions): ApiClient {
  const client = createClient<paths>({
    baseUrl: options.baseUrl ?? '',
    headers: options.headers,
    credentials: 'same-origin',
    fetch: fetchWithSession(options),
  });
  client.use({
    onRequest({ request }) {
      request.headers.set('Accept-Language', options.locale());
      return request;
    },
  });
  return client;
}

/** A request refused with 401, or for its CSRF token, was refused before it acted, so repeating it is safe whatever its method. It is repeated once for each. */
function fetchWithSession(options: ClientOptions) {
  const transmit = (request: Request) => (options.fetch ?? globalThis.fetch)(request);
  return async (request: Request): Promise<Response> => {
    const { refresh } = options;
    const path = new URL(request.url).pathname;
    if (sessionPaths.some((start) => path.startsWith(start))) return transmit(request);
    const csrf = isSafe(request.method) ? undefined : options.csrf;
    const send = (token: string | null) => {
      const copy = request.clone();
      if (token) copy.headers.set('X-CSRF-Token', token);
      return transmit(copy);
    };
    let reply = await send(csrf?.read() ?? null);
    if (reply.status === 401 && refresh && (await refresh())) reply = await send(csrf?.read() ?? null);
    if (csrf && (await lacksCsrfToken(reply))) reply = await send(await csrf.renew());
    return reply;
  };
}

const isSafe = (method: string) => ['GET', 'HEAD', 'OPTIONS'].includes(method);

async function lacksCsrfToken(reply: Response): Promise<boolean> {
  if (reply.status !== 403) return false;
  const problem = (await reply
    .clone()
    .json()
    .catch(() => null)) as { code?: unknown } | null;
  return problem?.code === 'csrf_token_missing';
}
