'use client';
import type { PreferencesRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { ChoiceGroup } from '@/components/ui/choice-group';
import { SelectField } from '@/components/ui/select-field';
import { WithPreferences } from './with-preferences';

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** How many mails: one for each piece of news, or several gathered in one. */
export function Digest() {
  const t = useTranslations('Notifications.digest');
  return (
    <WithPreferences>
      {({ email_digest: digest, digest_hour: hour }, save) => (
        <div className="grid grid-cols-1 gap-5">
          <div className="grid grid-cols-1 gap-2">
            <ChoiceGroup<PreferencesRead['email_digest']>
              legend={t('legend')}
              value={digest}
              choices={(['off', 'hourly', 'daily'] as const).map((value) => ({
                value,
                label: t(`choices.${value}`),
              }))}
              onChange={(next) => save({ email_digest: next })}
            />
            <p aria-live="polite" className="text-sm leading-relaxed text-muted">
              {t(`texts.${digest}`)}
            </p>
          </div>
          {digest === 'daily' && (
            <div className="sm:max-w-[11rem]">
              <SelectField
                label={t('hour')}
                value={hour}
                onChange={(event) => save({ digest_hour: Number(event.target.value) })}
                className="tabular-nums"
              >
                {hours.map((value) => (
                  <option key={value} value={value}>
                    {`${String(value).padStart(2, '0')}:00`}
                  </option>
                ))}
              </SelectField>
            </div>
          )}
        </div>
      )}
    </WithPreferences>
  );
}
