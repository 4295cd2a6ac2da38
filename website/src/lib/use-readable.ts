'use client';
import { useLocale } from 'next-intl';
import { useMemo } from 'react';
import * as format from './format';

/** The functions of lib/format in the page's language. */
export function useReadable() {
  const locale = useLocale();
  return useMemo(
    () => ({
      bytes: (value: number) => format.formatBytes(value, locale),
      clock: format.formatClock,
      span: (seconds: number) => format.formatSpan(seconds, locale),
      shortSpan: (seconds: number) => format.formatShortSpan(seconds, locale),
      percent: (value: number) => format.formatPercent(value, locale),
      bitrate: (value: number) => format.formatBitrate(value, locale),
      level: (value: number, unit: string) => format.formatLevel(value, unit, locale),
    }),
    [locale],
  );
}
