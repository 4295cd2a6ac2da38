'use client';
import { useSyncExternalStore } from 'react';
import { pendingDeletions } from './pending-deletions';

const none: ReturnType<typeof pendingDeletions.read> = new Map();

export const usePendingDeletions = () =>
  useSyncExternalStore(pendingDeletions.subscribe, pendingDeletions.read, () => none);
