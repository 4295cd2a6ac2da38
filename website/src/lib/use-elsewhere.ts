'use client';
import { myWorkspacesQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { api } from './api';

/** Links of mails and notifications say in which workspace their page is (`?workspace=`): that one, where it is another of this person's than the present. */
export function useElsewhere() {
  const wanted = useSearchParams().get('workspace');
  const mine = useQuery({ ...myWorkspacesQuery(api), enabled: wanted !== null }).data?.items;
  return mine?.find(({ id, is_current, removed_at }) => id === wanted && !is_current && !removed_at);
}
