'use client';
import { useSyncExternalStore } from 'react';

const never = () => () => undefined;

/** False while the server's page is taken over, true from then on. */
export const useIsMounted = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
