import type { Scope } from '@ultrarslanoglu/api-client';

/** For how long a key may be given; the gateway takes any number of days up to a year. */
export const lifetimes = [7, 30, 90, 180, 365] as const;
export const usualLifetime = 90;

export interface KeyValues {
  name: string;
  scopes: Scope[];
  expires_in_days: number;
  ip_allow: string[];
}

export type KeyFaults = Partial<Record<'name' | 'scopes', 'nameEmpty' | 'scopesEmpty'>>;

export function checkKey({ name, scopes }: KeyValues): KeyFaults {
  return {
    ...(name ? {} : { name: 'nameEmpty' as const }),
    ...(scopes.length > 0 ? {} : { scopes: 'scopesEmpty' as const }),
  };
}

/** One network in each line; commas and spaces are as good. */
export const networksOf = (text: string) => text.split(/[\s,;]+/).filter(Boolean);
