'use client';
import type { ScheduleKind } from '@ultrarslanoglu/api-client';
import { useLocale, useTranslations } from 'next-intl';
import { ChoiceGroup } from '@/components/ui/choice-group';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { presets, units, type Preset, type RhythmDraft, type Unit } from './rhythm-draft';
import { weekdayName, weekdays } from './weekdays';
import { zones } from './zones';

interface Props {
  draft: RhythmDraft;
  onChange: (part: Partial<RhythmDraft>) => void;
  fault: string | undefined;
}

/** When it runs: at an interval, at a time of day, or by a cron expression. */
export function RhythmFields({ draft, onChange, fault }: Props) {
  const t = useTranslations('Schedules.form');
  return (
    <>
      <ChoiceGroup<ScheduleKind>
        legend={t('when')}
        value={draft.kind}
        choices={[
          { value: 'cron', label: t('cron') },
          { value: 'interval', label: t('interval') },
        ]}
        onChange={(kind) => onChange({ kind })}
      />
      {draft.kind === 'interval' ? (
        <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-3">
          <TextField
            label={t('amount')}
            name="amount"
            inputMode="numeric"
            value={draft.amount}
            error={fault && t('amountFault')}
            onChange={(event) => onChange({ amount: event.target.value })}
          />
          <SelectField
            label={t('unit')}
            value={draft.unit}
            onChange={(event) => onChange({ unit: event.target.value as Unit })}
          >
            {units.map((unit) => (
              <option key={unit} value={unit}>
                {t(`units.${unit}`)}
              </option>
            ))}
          </SelectField>
        </div>
      ) : (
        <TimeFields draft={draft} onChange={onChange} fault={fault} />
      )}
      <SelectField
        label={t('zone')}
        hint={t('zoneHint')}
        value={draft.zone}
        onChange={(event) => onChange({ zone: event.target.value })}
      >
        {zones(draft.zone).map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll('_', ' ')}
          </option>
        ))}
      </SelectField>
    </>
  );
}

function TimeFields({ draft, onChange, fault }: Props) {
  const t = useTranslations('Schedules.form');
  const locale = useLocale();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t('preset')}
        value={draft.preset}
        onChange={(event) => onChange({ preset: event.target.value as Preset })}
      >
        {presets.map((preset) => (
          <option key={preset} value={preset}>
            {t(`presets.${preset}`)}
          </option>
        ))}
      </SelectField>
      {draft.preset === 'custom' ? (
        <TextField
          label={t('expression')}
          name="cron"
          hint={t('expressionHint')}
          value={draft.cron}
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono"
          error={fault}
          onChange={(event) => onChange({ cron: event.target.value })}
        />
      ) : (
        <TextField
          label={t('time')}
          name="cron"
          type="time"
          value={draft.time}
          error={fault}
          onChange={(event) => onChange({ time: event.target.value })}
        />
      )}
      {draft.preset === 'weekly' && (
        <SelectField
          label={t('day')}
          value={draft.weekday}
          onChange={(event) => onChange({ weekday: event.target.value })}
        >
          {weekdays.map((weekday) => (
            <option key={weekday} value={weekday}>
              {weekdayName(weekday, locale)}
            </option>
          ))}
        </SelectField>
      )}
      {draft.preset === 'monthly' && (
        <SelectField
          label={t('dayOfMonth')}
          value={draft.dayOfMonth}
          onChange={(event) => onChange({ dayOfMonth: event.target.value })}
        >
          {Array.from({ length: 31 }, (_, index) => (
            <option key={index} value={index + 1}>
              {index + 1}
            </option>
          ))}
        </SelectField>
      )}
    </div>
  );
}
