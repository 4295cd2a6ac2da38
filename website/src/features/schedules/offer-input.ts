/** What an offer asks for, as it was filled in. */
import type { OfferFieldRead } from '@ultrarslanoglu/api-client';

export type Fault = { key: 'required' } | { key: 'tooLong'; max: number };
export type Faults = Record<string, Fault>;

export function faultsOf(fields: readonly OfferFieldRead[], values: Record<string, string>): Faults {
  const faults: Faults = {};
  for (const { name, required, max_length } of fields) {
    const value = (values[name] ?? '').trim();
    if (required && !value) faults[name] = { key: 'required' };
    // Counted as the gateway counts: characters, not UTF-16 units.
    else if (max_length !== null && [...value].length > max_length)
      faults[name] = { key: 'tooLong', max: max_length };
  }
  return faults;
}

/** A field that was left empty is left out. */
export const inputOf = (fields: readonly OfferFieldRead[], values: Record<string, string>) =>
  Object.fromEntries(
    fields.flatMap(({ name }) => {
      const value = (values[name] ?? '').trim();
      return value ? [[name, value]] : [];
    }),
  );
