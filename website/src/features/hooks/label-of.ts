import type { OfferFieldRead } from '@ultrarslanoglu/api-client';

/** The name of a field; one that the offer does not have any more is called as it is. */
export const labelOf = (name: string, fields: readonly OfferFieldRead[]) =>
  fields.find((field) => field.name === name)?.label ?? name;
