import type { Provider } from '@ultrarslanoglu/api-client';

/** Names of companies are the same in every language. */
export const providerNames: Record<Provider, string> = { google: 'Google', github: 'GitHub' };

export const isProvider = (text: unknown): text is Provider =>
  typeof text === 'string' && Object.hasOwn(providerNames, text);

/** Leads out of the website and back to `next`; the gateway takes the way there, so it is no page of ours. */
export const providerPath = (provider: Provider, next: string, language: string) =>
  `/api/auth/oauth/${provider}?${new URLSearchParams({ next, language }).toString()}`;
