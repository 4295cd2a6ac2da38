/** How somebody came back from GitHub, as the gateway writes it into the address. */
export const outcomes = [
  'connected',
  'denied',
  'expired',
  'signed_out',
  'not_allowed',
  'refused',
  'away',
] as const;

export type Outcome = (typeof outcomes)[number];

export const outcomeFrom = (value: unknown): Outcome | null =>
  outcomes.find((known) => known === value) ?? null;
