import type { VideoRead } from '@ultrarslanoglu/api-client';

export type VideoStatus = VideoRead['status'];

export const statuses: readonly VideoStatus[] = [
  'uploaded',
  'queued',
  'processing',
  'completed',
  'failed',
  'cancelled',
];

const underWay: ReadonlySet<VideoStatus> = new Set<VideoStatus>(['uploaded', 'queued', 'processing']);

/** Something will still happen to it without anybody doing anything. */
export const isUnderWay = (video: Pick<VideoRead, 'status'>) => underWay.has(video.status);

export const isStatus = (value: unknown): value is VideoStatus => statuses.includes(value as VideoStatus);

const stepNames = ['inspect', 'analyse', 'scenes', 'render', 'package', 'thumbnails'] as const;
export type StepName = (typeof stepNames)[number];

/** A step that this version of the page has no words for is shown under its own name. */
export const isKnownStep = (name: string): name is StepName =>
  (stepNames as readonly string[]).includes(name);
