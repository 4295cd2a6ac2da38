'use client';
import { Alert } from '@/components/ui/alert';
import { Skeleton } from '@/components/ui/skeleton';
import { useErrorSentence } from '@/lib/use-error-sentence';
import type { PreferencesRead } from '@ultrarslanoglu/api-client';
import type { ReactNode } from 'react';
import { SavedNote } from './saved-note';
import { usePreferences } from './use-preferences';

interface Props {
  children: (preferences: PreferencesRead, save: (change: Partial<PreferencesRead>) => void) => ReactNode;
}

/** What the parts of the preferences have in common: waiting, failing, and saying that a change was kept. */
export function WithPreferences({ children }: Props) {
  const sentence = useErrorSentence();
  const { preferences, save } = usePreferences();
  if (preferences.isError && !preferences.data) return <Alert>{sentence(preferences.error)}</Alert>;
  if (!preferences.data) return <Skeleton className="h-32" />;
  return (
    <div className="relative">
      {children(preferences.data, (change) => save.mutate(change))}
      <SavedNote save={save} />
    </div>
  );
}
