/** Requests of the noun "auth": coming in, who is signed in, on which devices, and the links of mails. */
import { queryOptions } from '@tanstack/react-query';
import type {
  ApiClient,
  Credentials,
  PasskeyAssertion,
  PasswordReset,
  SecondFactor,
  UserCreate,
  UserUpdate,
} from '../client';
import { unwrap } from '../errors';

export const authKeys = {
  settings: ['auth', 'settings'] as const,
  secondFactor: ['auth', 'second-factor'] as const,
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

/** By which ways one can come in here. */
export const signInSettingsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: authKeys.settings,
    queryFn: ({ signal }) => unwrap(api.GET('/api/auth/settings', { signal })),
  });

/** What the sign-in that has begun in this browser can go on with. */
export const secondFactorQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: authKeys.secondFactor,
    queryFn: ({ signal }) => unwrap(api.GET('/api/auth/login/second-factor', { signal })),
  });

export const register = (api: ApiClient, body: UserCreate) =>
  unwrap(api.POST('/api/auth/register', { body }));

export const login = (api: ApiClient, body: Credentials) => unwrap(api.POST('/api/auth/login', { body }));

export const secondFactorOptions = (api: ApiClient) =>
  unwrap(api.POST('/api/auth/login/second-factor/options'));

export const finishLogin = (api: ApiClient, body: SecondFactor) =>
  unwrap(api.POST('/api/auth/login/second-factor', { body }));

export const passkeySignInOptions = (api: ApiClient) => unwrap(api.POST('/api/auth/passkeys/login/options'));

export const loginByPasskey = (api: ApiClient, credential: PasskeyAssertion) =>
  unwrap(api.POST('/api/auth/passkeys/login', { body: { credential } }));

/** Links the account at Google or GitHub by which this browser tried to come in before it did so in another way. */
export const confirmIdentity = (api: ApiClient) => unwrap(api.POST('/api/auth/identities/confirm'));

export const logout = (api: ApiClient) => unwrap(api.POST('/api/auth/logout'));

export const updateMe = (api: ApiClient, body: UserUpdate) => unwrap(api.PATCH('/api/auth/me', { body }));

export const endSession = (api: ApiClient, session_id: string) =>
  unwrap(
    api.DELETE('/api/auth/sessions/{session_id}', {
      params: { path: { session_id } },
    }),
  );

export const endOtherSessions = (api: ApiClient) => unwrap(api.DELETE('/api/auth/sessions'));

export const forgotPassword = (api: ApiClient, email: string) =>
  unwrap(api.POST('/api/auth/password/forgot', { body: { email } }));

export const resetPassword = (api: ApiClient, body: PasswordReset) =>
  unwrap(api.POST('/api/auth/password/reset', { body }));

export const sendVerification = (api: ApiClient) => unwrap(api.POST('/api/auth/verification'));

export const confirmVerification = (api: ApiClient, token: string) =>
  unwrap(api.POST('/api/auth/verification/confirm', { body: { token } }));

export const confirmEmail = (api: ApiClient, token: string) =>
  unwrap(api.POST('/api/auth/email/confirm', { body: { token } }));

export const undoEmail = (api: ApiClient, token: string) =>
  unwrap(api.POST('/api/auth/email/undo', { body: { token } }));
