'use client';
import type { Scope } from '@ultrarslanoglu/api-client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { api } from './api';

/** The layout brings them with the first paint, so nothing appears that has to go again. */
const usePermissions = (): readonly Scope[] => useQuery(meQuery(api)).data?.permissions ?? [];

/** Whether this person's role allows it. The gateway decides; the page only does not offer what would be refused. */
export const useMay = (scope: Scope): boolean => usePermissions().includes(scope);

interface Place {
  href: string;
  /** What somebody's role has to allow for the place to be of any use to them. */
  needs?: Scope | undefined;
}

/** Those of the places that this person's role opens. */
export function useOpenPlaces<Each extends Place>(places: readonly Each[]): Each[] {
  const permissions = usePermissions();
  return places.filter(({ needs }) => needs === undefined || permissions.includes(needs));
}
