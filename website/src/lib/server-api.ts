/** The server's client: speaks to the gateway directly, with the cookies of the person whose page is being rendered. */
import 'server-only';
import { createApiClient, type ApiClient, type Me } from '@ultrarslanoglu/api-client';
import { NotSignedIn } from '@ultrarslanoglu/api-client/errors';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { QueryClient } from '@tanstack/react-query';
import { getLocale } from 'next-intl/server';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { cookieNames, gatewayUrl } from './env';

export const serverApi = cache(async (): Promise<ApiClient> => {
  const [jar, incoming, locale] = await Promise.all([cookies(), headers(), getLocale()]);
  const { access } = cookieNames();
  const forwardedFor = incoming.get('x-forwarded-for');
  const token = jar.get(access)?.value;
  return createApiClient({
    baseUrl: gatewayUrl().origin,
    locale: () => locale,
    headers: {
      // The refresh cookie stays out of it: only the route that renews a session needs to see it.
      ...(token ? { cookie: `${access}=${token}` } : {}),
      'user-agent': incoming.get('user-agent') ?? '',
      'x-forwarded-host': incoming.get('x-forwarded-host') ?? incoming.get('host') ?? '',
      ...(forwardedFor ? { 'x-forwarded-for': forwardedFor } : {}),
    },
    fetch: (request) => fetch(request, { cache: 'no-store', signal: AbortSignal.timeout(10_000) }),
  });
});

/** Who is signed in, asked once per rendered page; null for nobody. */
export const currentPerson = cache(async (): Promise<Me | null> => {
  const jar = await cookies();
  if (!jar.has(cookieNames().access)) return null;
  try {
    return await new QueryClient().fetchQuery(meQuery(await serverApi()));
  } catch (error) {
    if (error instanceof NotSignedIn) return null;
    throw error;
  }
});

export const hasRefreshCookie = async () => (await cookies()).has(cookieNames().refresh);
