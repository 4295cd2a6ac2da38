'use client';
import { summaryQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api } from '@/lib/api';

interface Props {
  children: ReactNode;
  /** Shown instead while there is no video at all. */
  invitation: ReactNode;
}

export function HasVideos({ children, invitation }: Props) {
  const summary = useQuery(summaryQuery(api)).data;
  return summary?.total === 0 ? invitation : children;
}
