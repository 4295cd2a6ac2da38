import type { View } from '@ultrarslanoglu/api-client';
import type { JobFilters } from '@ultrarslanoglu/api-client/queries/jobs';
import { deadLetterStates } from './job-state';

/** What the page of dead letters asks for, on the server and in the browser. */
export const deadLetterFilters = (scope: View, name: string | undefined): JobFilters => ({
  scope,
  state: [...deadLetterStates],
  ...(name ? { name } : {}),
});
