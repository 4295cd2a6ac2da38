/** Where somebody goes once they are in. It travels in the address through every step of signing in. */
import type { Provider } from '@ultrarslanoglu/api-client';
import { isProvider } from '@/lib/providers';

export interface Destination {
  next: string;
  /** They came by Google or GitHub with an address that has an account: this is linked once they are in. */
  link: Provider | null;
}

export const providerFrom = (value: unknown): Provider | null => (isProvider(value) ? value : null);

/** The same as a query, for the next step. */
export function destinationQuery({ next, link }: Destination): string {
  return new URLSearchParams({ next, ...(link ? { link } : {}) }).toString();
}
