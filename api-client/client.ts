/** The client that the website (browser and server) and the mobile app share: typed paths, the reader's language, one refresh and one retry on 401. */
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
  fetch?: typeof globalThis.fetch;
}

/** Requests that are about the session itself: refreshing it could not help them. */
const sessionPaths = ['/api/auth/login', '/api/auth/register', '/api/auth/refresh', '/api/auth/logout'];

export function createApiClient(options: ClientOptions): ApiClient {
  const client = createClient<paths>({
    baseUrl: options.baseUrl ?? '',
    headers: options.headers,
    credentials: 'same-origin',
    fetch: fetchWithRefresh(options),
  });
  client.use({
    onRequest({ request }) {
      request.headers.set('Accept-Language', options.locale());
      return request;
    },
  });
  return client;
}

/** A request refused with 401 was refused before it acted, so repeating it is safe whatever its method. It is repeated once. */
function fetchWithRefresh(options: ClientOptions) {
  return async (request: Request): Promise<Response> => {
    const send = options.fetch ?? globalThis.fetch;
    const { refresh } = options;
    if (!refresh || sessionPaths.includes(new URL(request.url).pathname)) return send(request);
    const again = request.clone();
    const first = await send(request);
    if (first.status !== 401 || !(await refresh())) return first;
    return send(again);
  };
}
