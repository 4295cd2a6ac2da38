'use client';
import type { QuietHoursRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Switch } from '@/components/ui/switch';
import { TextField } from '@/components/ui/text-field';
import { WithPreferences } from './with-preferences';
import { ZoneField } from './zone-field';

/** Long enough not to save every digit. */
const typingPause = 800;

/** When not to be disturbed, on the person's own clock. */
export function QuietHoursForm() {
  const t = useTranslations('Notifications.quiet');
  return (
    <WithPreferences>
      {({ quiet_hours: quiet, zone }, save) => {
        const change = (part: Partial<QuietHoursRead>) => save({ quiet_hours: { ...quiet, ...part } });
        return (
          <div className="grid grid-cols-1 gap-5">
            <label className="flex cursor-pointer items-start justify-between gap-4">
              <span>
                <span className="block font-medium">{t('on')}</span>
                <span id="quiet-text" className="mt-0.5 block text-sm leading-relaxed text-muted">
                  {t('text')}
                </span>
              </span>
              <Switch
                aria-label={t('on')}
                aria-describedby="quiet-text"
                checked={quiet.is_on}
                onChange={(event) => change({ is_on: event.target.checked })}
              />
            </label>
            <div className="grid grid-cols-[repeat(2,minmax(0,1fr))] gap-4 sm:max-w-sm">
              {(['start', 'end'] as const).map((edge) => (
                <TimeField
                  key={edge}
                  label={t(edge)}
                  value={quiet[edge]}
                  other={quiet[edge === 'start' ? 'end' : 'start']}
                  isDisabled={!quiet.is_on}
                  onChange={(value) => change({ [edge]: value })}
                />
              ))}
            </div>
            <ZoneField zone={zone} onChange={(next) => save({ zone: next })} />
          </div>
        );
      }}
    </WithPreferences>
  );
}

interface TimeProps {
  label: string;
  value: string;
  /** The other end: a time of no length is no time. */
  other: string;
  isDisabled: boolean;
  onChange: (value: string) => void;
}

/** The field is the browser's while somebody types; a value of elsewhere takes its place afterwards. */
function TimeField({ label, value, other, isDisabled, onChange }: TimeProps) {
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (input.current && document.activeElement !== input.current) input.current.value = value;
  }, [value]);
  const keep = (next: string) => {
    clearTimeout(timer.current);
    if (/^\d\d:\d\d$/.test(next) && next !== value && next !== other) onChange(next);
  };
  return (
    <TextField
      ref={input}
      type="time"
      label={label}
      defaultValue={value}
      disabled={isDisabled}
      required
      className="tabular-nums disabled:opacity-55"
      onChange={({ target }) => {
        clearTimeout(timer.current);
        timer.current = setTimeout(() => keep(target.value), typingPause);
      }}
      onBlur={({ target }) => {
        // Without a time, or without a length, it stays what it was.
        if (!target.value || target.value === other) target.value = value;
        keep(target.value);
      }}
    />
  );
}
