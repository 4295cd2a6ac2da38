/** Requests of the noun "security": by which ways one comes in, proving oneself again, and API keys. */
import { queryOptions } from '@tanstack/react-query';
import type { ApiClient, Factors, KeyCreate, PasskeyAdd, PasswordChange, Provider, StepUp } from '../client';
import { unwrap } from '../errors';

export const securityKeys = {
  factors: ['security', 'factors'] as const,
  identities: ['security', 'identities'] as const,
  keys: ['security', 'keys'] as const,
};

export const factorsQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: securityKeys.factors,
    queryFn: ({ signal }) => unwrap(api.GET('/api/auth/factors', { signal })),
  });

/** Whether a password alone no longer signs this person in. */
export const hasSecondFactor = (factors: Factors) => factors.totp.is_enabled || factors.passkeys.length > 0;

// --- Proving oneself again ---

export const stepUp = (api: ApiClient, body: StepUp) => unwrap(api.POST('/api/auth/step-up', { body }));

export const stepUpOptions = (api: ApiClient) => unwrap(api.POST('/api/auth/step-up/options'));

// --- Password and address ---

export const changePassword = (api: ApiClient, body: PasswordChange) =>
  unwrap(api.POST('/api/auth/password', { body }));

export const setFirstPassword = (api: ApiClient, new_password: string) =>
  unwrap(api.PUT('/api/auth/password', { body: { new_password } }));

export const changeEmail = (api: ApiClient, new_email: string) =>
  unwrap(api.POST('/api/auth/email', { body: { new_email } }));

// --- Authenticator app and recovery codes ---

export const setUpTotp = (api: ApiClient) => unwrap(api.POST('/api/auth/totp'));

export const confirmTotp = (api: ApiClient, code: string) =>
  unwrap(api.POST('/api/auth/totp/confirm', { body: { code } }));

export const removeTotp = (api: ApiClient) => unwrap(api.DELETE('/api/auth/totp'));

export const makeRecoveryCodes = (api: ApiClient) => unwrap(api.POST('/api/auth/recovery-codes'));

// --- Passkeys ---

export const passkeyOptions = (api: ApiClient) => unwrap(api.POST('/api/auth/passkeys/options'));

export const addPasskey = (api: ApiClient, body: PasskeyAdd) =>
  unwrap(api.POST('/api/auth/passkeys', { body }));

export const renamePasskey = (api: ApiClient, passkey_id: string, name: string) =>
  unwrap(
    api.PATCH('/api/auth/passkeys/{passkey_id}', {
      params: { path: { passkey_id } },
      body: { name },
    }),
  );

export const removePasskey = (api: ApiClient, passkey_id: string) =>
  unwrap(api.DELETE('/api/auth/passkeys/{passkey_id}', { params: { path: { passkey_id } } }));

// --- Accounts at Google and GitHub ---

export const identitiesQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: securityKeys.identities,
    queryFn: ({ signal }) => unwrap(api.GET('/api/auth/identities', { signal })),
  });

/** Where the browser goes to link an account there. */
export const linkIdentity = (api: ApiClient, provider: Provider) =>
  unwrap(api.POST('/api/auth/identities/{provider}/link', { params: { path: { provider } } }));

export const unlinkIdentity = (api: ApiClient, identity_id: string) =>
  unwrap(api.DELETE('/api/auth/identities/{identity_id}', { params: { path: { identity_id } } }));

// --- API keys ---

/** As many as one may have come in one page. */
export const keysQuery = (api: ApiClient) =>
  queryOptions({
    queryKey: securityKeys.keys,
    queryFn: ({ signal }) => unwrap(api.GET('/api/auth/keys', { params: { query: { limit: 100 } }, signal })),
  });

export const createKey = (api: ApiClient, body: KeyCreate) => unwrap(api.POST('/api/auth/keys', { body }));

export const rotateKey = (api: ApiClient, key_id: string) =>
  unwrap(api.POST('/api/auth/keys/{key_id}/rotate', { params: { path: { key_id } } }));

export const endKey = (api: ApiClient, key_id: string) =>
  unwrap(api.DELETE('/api/auth/keys/{key_id}', { params: { path: { key_id } } }));
