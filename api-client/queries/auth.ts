/** Requests of the noun "auth": who is signed in, and on which devices. */
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient, Credentials, UserUpdate, PasswordChange, UserCreate } from '../client';
import { unwrap } from '../errors';

export const authKeys = {
  me: ['auth', 'me'] as const,
  sessions: ['auth', 'sessions'] as const,
};

export const meQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: authKeys.me,
    queryFn: ({ signal }) => unwrap(api.GET('/api/auth/me', { signal })),
  });

export const sessionsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: authKeys.sessions,
    queryFn: ({ signal }) => unwrap(api.GET('/api/auth/sessions', { signal })),
  });

export const register = (api: ApiClient, body: UserCreate) =>
  unwrap(api.POST('/api/auth/register', { body }));

export const login = (api: ApiClient, body: Credentials) => unwrap(api.POST('/api/auth/login', { body }));

export const logout = (api: ApiClient) => unwrap(api.POST('/api/auth/logout'));

export const updateMe = (api: ApiClient, body: UserUpdate) => unwrap(api.PATCH('/api/auth/me', { body }));

export const changePassword = (api: ApiClient, body: PasswordChange) =>
  unwrap(api.POST('/api/auth/password', { body }));

export const endSession = (api: ApiClient, session_id: string) =>
  unwrap(
    api.DELETE('/api/auth/sessions/{session_id}', {
      params: { path: { session_id } },
    }),
  );

export const endOtherSessions = (api: ApiClient) => unwrap(api.DELETE('/api/auth/sessions'));
