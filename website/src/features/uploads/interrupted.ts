/** Reads what tus-js-client noted in localStorage about uploads that were begun, without loading its code. */

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

export function findInterrupted(): InterruptedUpload[] {
  return Object.keys(localStorage)
    .filter((key) => key.startsWith('tus::'))
    .flatMap((key) => {
      const note = readNote(key);
      const startedAt = new Date(note?.creationTime ?? '');
      if (!note?.metadata?.filename || Number.isNaN(startedAt.getTime())) return [];
      return [
        { key, name: note.metadata.filename, size: note.size ?? 0, startedAt: startedAt.toISOString() },
      ];
    });
}

export const forgetInterrupted = (key: string) => localStorage.removeItem(key);

function readNote(key: string): Note | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Note | null;
  } catch {
    return null;
  }
}
