'use client';
import type { OfferFieldRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import type { FieldDraft, MappingDraft, Source } from './mapping';

interface Props {
  fields: readonly OfferFieldRead[];
  draft: MappingDraft;
  onChange: (draft: MappingDraft) => void;
  errorOf: (name: string) => string | undefined;
}

/** For each field of the job: from where in the body, or which value always. */
export function MappingEditor({ fields, draft, onChange, errorOf }: Props) {
  const t = useTranslations('Hooks.mapping');
  return (
    <div className="divide-y rounded-xl border">
      {fields.map((field) => {
        const own = draft[field.name];
        if (!own) return null;
        const name = field.label;
        const change = (part: Partial<FieldDraft>) =>
          onChange({ ...draft, [field.name]: { ...own, ...part } });
        return (
          <div key={field.name} className="grid items-start gap-3 p-4 sm:grid-cols-[10.5rem_minmax(0,1fr)]">
            <SelectField
              label={field.required ? name : `${name} (${t('optional')})`}
              aria-label={t('source', { field: name })}
              className="text-sm"
              value={own.source}
              onChange={(event) => change({ source: event.target.value as Source })}
            >
              <option value="from">{t('from')}</option>
              <option value="value">{t('value')}</option>
              {!field.required && <option value="none">{t('none')}</option>}
            </SelectField>
            {own.source === 'from' && (
              <TextField
                label={t('pointer', { field: name })}
                name={field.name}
                value={own.pointer}
                hint={t('pointerHint')}
                error={errorOf(field.name)}
                autoCapitalize="none"
                spellCheck={false}
                className="font-mono text-[0.8125rem]"
                onChange={(event) => change({ pointer: event.target.value })}
              />
            )}
            {own.source === 'value' && (
              <TextField
                label={t('fixed', { field: name })}
                name={field.name}
                value={own.value}
                error={errorOf(field.name)}
                {...(field.max_length === null ? {} : { maxLength: field.max_length })}
                onChange={(event) => change({ value: event.target.value })}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}
