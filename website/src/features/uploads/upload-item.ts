/** One file on its way to the gateway. */
export type UploadStatus = 'waiting' | 'uploading' | 'paused' | 'offline' | 'failed' | 'done';

export interface UploadItem {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly sent: number;
  readonly status: UploadStatus;
  /** Bytes per second, smoothed; null until there is something to measure. */
  readonly speed: number | null;
  /** The gateway's sentence, or null where the page has to find its own words. */
  readonly problem: string | null;
  /** Id of the video once every byte has arrived. */
  readonly videoId: string | null;
}

export const isActive = (item: UploadItem) =>
  item.status === 'waiting' || item.status === 'uploading' || item.status === 'offline';

export const percentOf = (item: UploadItem) => (item.size === 0 ? 100 : (item.sent / item.size) * 100);

export const secondsLeft = (item: UploadItem): number | null =>
  item.status === 'uploading' && item.speed ? (item.size - item.sent) / item.speed : null;

/** The new speed after `bytes` more in `seconds`: mostly the old one, so that the number can be read. */
export function smoothSpeed(speed: number | null, bytes: number, seconds: number): number {
  const measured = bytes / seconds;
  return speed === null ? measured : speed * 0.8 + measured * 0.2;
}
