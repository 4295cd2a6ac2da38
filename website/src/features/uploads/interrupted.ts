/** Reads what tus-js-client noted in localStorage about uploads that were begun, without loading its code. */

import { readOwner } from '@/lib/session/owner';

export interface InterruptedUpload {
  key: string;
  name: string;
  size: number;
  startedAt: string;
}

interface Note {
  size?: number | null;
  creationTime?: string;
  metadata?: { filename?: string };
}

/** What names a file among the notes: nobody sees the files that somebody else sent from this browser. */
export const fingerprintOf = ({ name, type, size, lastModified }: File) =>
  [prefixOf(readOwner()), name, type, size, lastModified].join('-');

/** Those of this person in this workspace. */
export function findInterrupted(): InterruptedUpload[] {
  const own = `tus::${prefixOf(readOwner())}-`;
  return Object.keys(localStorage)
    .filter((key) => key.startsWith(own))
    .flatMap((key) => {
      const note = readNote(key);
      const startedAt = new Date(note?.creationTime ?? '');
      if (!note?.metadata?.filename || Number.isNaN(startedAt.getTime())) return [];
      return [
        { key, name: note.metadata.filename, size: note.size ?? 0, startedAt: startedAt.toISOString() },
      ];
    });
}

const prefixOf = (owner: string) => `ultra-${owner}`;

export const forgetInterrupted = (key: string) => localStorage.removeItem(key);

function readNote(key: string): Note | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Note | null;
  } catch {
    return null;
  }
}
