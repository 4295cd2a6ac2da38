import type { ReactNode } from 'react';
import { LoadError } from './load-error';

interface Props {
  query: { isError: boolean; error: unknown; refetch: () => unknown };
  /** What stands there while it is under way. */
  children: ReactNode;
}

/** For `if (!query.data) return <NotLoaded …>`: what stands where nothing was read yet, or could not be. Data that are there stay, also when reading them again fails: a dialog among them may show a secret that cannot be had again. */
export const NotLoaded = ({ query, children }: Props) =>
  query.isError ? <LoadError error={query.error} onAgain={() => void query.refetch()} /> : children;
