/** All uploads of this tab. It lives outside the pages, so that walking through the app does not stop anything. */
import { smoothSpeed, type UploadItem } from './upload-item';
import { TusTransfer } from './tus-transfer';

/** Two at a time fill a line; the browser allows six connections, and pages need some as well. */
const atOnce = 2;

let items: readonly UploadItem[] = [];
let lastId = 0;
const transfers = new Map<string, TusTransfer>();
const measured = new Map<string, { at: number; sent: number }>();
const listeners = new Set<() => void>();

export const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const getItems = () => items;

export function addFiles(files: readonly File[]) {
  for (const file of files) {
    // Not a random UUID: browsers make those on secure origins only.
    const id = String(++lastId);
    transfers.set(id, createTransfer(id, file));
    set([
      ...items,
      {
        id,
        name: file.name,
        size: file.size,
        sent: 0,
        status: 'waiting',
        speed: null,
        problem: null,
        videoId: null,
      },
    ]);
  }
  startWaiting();
}

export function pause(id: string) {
  transfers.get(id)?.pause();
  change(id, { status: 'paused', speed: null });
  startWaiting();
}

export function resume(id: string) {
  change(id, { status: 'waiting', problem: null });
  startWaiting();
}

/** Takes it off the list. What has not arrived completely is thrown away. */
export function remove(id: string) {
  const item = items.find((other) => other.id === id);
  if (item && item.status !== 'done') void transfers.get(id)?.discard();
  transfers.delete(id);
  measured.delete(id);
  set(items.filter((other) => other.id !== id));
  startWaiting();
}

function startWaiting() {
  const running = items.filter((item) => item.status === 'uploading' || item.status === 'offline').length;
  const next = items.filter((item) => item.status === 'waiting').slice(0, Math.max(0, atOnce - running));
  for (const { id } of next) {
    change(id, { status: 'uploading' });
    transfers
      .get(id)
      ?.start()
      .catch(() => change(id, { status: 'failed' }));
  }
}

function createTransfer(id: string, file: File) {
  return new TusTransfer(file, {
    onProgress: (sent) => onProgress(id, sent),
    onOffline: () => change(id, { status: 'offline', speed: null }),
    onOnline: () => change(id, { status: 'uploading' }),
    onDone: (videoId) => {
      change(id, { status: 'done', sent: file.size, videoId });
      startWaiting();
    },
    onFailed: (problem) => {
      change(id, { status: 'failed', problem, speed: null });
      startWaiting();
    },
  });
}

function onProgress(id: string, sent: number) {
  const now = performance.now();
  const last = measured.get(id);
  const item = items.find((other) => other.id === id);
  if (!item) return;
  // The first report after going on contains what was there before; it starts a measurement and is none.
  if (!last || sent < last.sent) {
    measured.set(id, { at: now, sent });
    change(id, { sent });
    return;
  }
  const seconds = (now - last.at) / 1000;
  if (seconds < 0.25 && sent < item.size) return;
  measured.set(id, { at: now, sent });
  change(id, { sent, speed: seconds > 0 ? smoothSpeed(item.speed, sent - last.sent, seconds) : item.speed });
}

const change = (id: string, part: Partial<UploadItem>) =>
  set(items.map((item) => (item.id === id ? { ...item, ...part } : item)));

function set(next: readonly UploadItem[]) {
  items = next;
  for (const listener of listeners) listener();
}
