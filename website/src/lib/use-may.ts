'use client';
import type { Scope } from '@ultrarslanoglu/api-client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { api } from './api';

/** Whether this person's role allows it. The gateway decides; the page only does not offer what would be refused. */
export const useMay = (scope: Scope): boolean =>
  useQuery(meQuery(api)).data?.permissions.includes(scope) ?? false;
