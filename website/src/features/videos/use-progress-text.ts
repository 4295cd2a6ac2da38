'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useReadable } from '@/lib/use-readable';
import { isKnownStep } from './video-state';

/** "%42 · 3 dk. kaldı": how far a video is, in one short line. */
export function useProgressText() {
  const t = useTranslations('Videos');
  const readable = useReadable();
  return (video: Pick<VideoRead, 'progress' | 'time_left' | 'status'>): string => {
    if (video.status !== 'processing') return t(`status.${video.status}`);
    const percent = readable.percent(video.progress);
    if (video.time_left === null) return percent;
    return `${percent} · ${t('timeLeft', { span: readable.span(video.time_left) })}`;
  };
}

export function useStepName() {
  const t = useTranslations('Videos.steps');
  return (name: string) => (isKnownStep(name) ? t(name) : name);
}
