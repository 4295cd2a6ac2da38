import type { View } from '@ultrarslanoglu/api-client';

/** Live events tell of one's own jobs; those of the others, and how long something has been waiting, are asked for. */
export const refetchEvery = (scope: View) => (scope === 'all' ? 5_000 : 15_000);

/** All pages of a list are read again together; who has gone far down reads at rest. */
const mostPages = 4;

export const refetchListEvery =
  (scope: View) =>
  ({ state }: { state: { data?: { pages: readonly unknown[] } | undefined } }) =>
    (state.data?.pages.length ?? 0) > mostPages ? false : refetchEvery(scope);
