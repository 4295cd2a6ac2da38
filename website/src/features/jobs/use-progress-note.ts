'use client';
import { useTranslations } from 'next-intl';
import type messages from '../../../messages/tr.json';

type Step = keyof (typeof messages)['Videos']['steps'];

/** What a worker is doing at the moment, in words where there are some: the steps of a video have names. */
export function useProgressNote() {
  const t = useTranslations('Videos.steps');
  return (note: string): string => (t.has(note as Step) ? t(note as Step) : note);
}
