'use client';
import type { ScheduleRead } from '@ultrarslanoglu/api-client';
import { useLocale, useTranslations } from 'next-intl';
import { useReadable } from '@/lib/use-readable';
import { wordsOf } from './rhythm-words';
import { weekdayName } from './weekdays';

/** "Her pazartesi 09:00": how often a schedule runs, in the reader's language. */
export function useRhythmText() {
  const t = useTranslations('Schedules.rhythm');
  const locale = useLocale();
  const readable = useReadable();
  return (rhythm: Pick<ScheduleRead, 'kind' | 'every_seconds' | 'cron'>): string => {
    const words = wordsOf(rhythm);
    switch (words.key) {
      case 'every':
        return t('every', { span: readable.span(words.seconds) });
      case 'everyDays':
      case 'everyHours':
      case 'everyMinutes':
        return t(words.key, { count: words.count });
      case 'hourlySharp':
        return t('hourlySharp');
      case 'hourly':
        return t('hourly', { minute: words.minute });
      case 'daily':
      case 'weekdays':
        return t(words.key, { time: words.time });
      case 'weekly':
        return t('weekly', { day: inSentence(weekdayName(words.weekday, locale), locale), time: words.time });
      case 'monthly':
        return t('monthly', { day: words.day, time: words.time });
      case 'cron':
        return t('cron', { cron: words.cron });
    }
  };
}

/** Within a sentence Turkish writes the days small, English does not. */
const inSentence = (day: string, locale: string) => (locale === 'tr' ? day.toLocaleLowerCase('tr') : day);
