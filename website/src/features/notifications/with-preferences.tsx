'use client';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import type { PreferencesRead } from '@ultrarslanoglu/api-client';
import type { ReactNode } from 'react';
import { SavedNote } from './saved-note';
import { usePreferences } from './use-preferences';

interface Props {
  children: (preferences: PreferencesRead, save: (change: Partial<PreferencesRead>) => void) => ReactNode;
}

/** What the parts of the preferences have in common: waiting, failing, and saying that a change was kept. */
export function WithPreferences({ children }: Props) {
  const { preferences, save } = usePreferences();
  if (!preferences.data) {
    return (
      <NotLoaded query={preferences}>
        <Skeleton className="h-32" />
      </NotLoaded>
    );
  }
  return (
    <div className="relative">
      {children(preferences.data, (change) => save.mutate(change))}
      <SavedNote save={save} />
    </div>
  );
}
