'use client';
import { membersQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { api } from '@/lib/api';
import { groups, type Group } from './actions';
import { outcomes, type Chosen, type Outcome } from './audit-filters';

interface Props {
  /** Whether one of the workspace's members can be chosen. */
  hasPeople: boolean;
  chosen: Chosen;
  onChange: (part: Chosen) => void;
  onClear: () => void;
}

export function Filters({ hasPeople, chosen, onChange, onClear }: Props) {
  const t = useTranslations('Audit');
  const members = useQuery(membersQuery(api)).data?.items ?? [];
  return (
    <search aria-label={t('filter.label')} className="grid grid-cols-1 gap-3">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
        {hasPeople && (
          <SelectField
            label={t('filter.person')}
            className="text-sm"
            value={chosen.person ?? ''}
            onChange={(event) => onChange({ person: event.target.value || undefined })}
          >
            <option value="">{t('filter.anybody')}</option>
            {members.map(({ user_id, name }) => (
              <option key={user_id} value={user_id}>
                {name}
              </option>
            ))}
          </SelectField>
        )}
        <SelectField
          label={t('filter.group')}
          className="text-sm"
          value={chosen.group ?? ''}
          onChange={(event) => onChange({ group: (event.target.value || undefined) as Group | undefined })}
        >
          <option value="">{t('filter.anything')}</option>
          {groups.map((group) => (
            <option key={group} value={group}>
              {t(`groups.${group}`)}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('filter.outcome')}
          className="text-sm"
          value={chosen.outcome ?? ''}
          onChange={(event) =>
            onChange({ outcome: (event.target.value || undefined) as Outcome | undefined })
          }
        >
          <option value="">{t('filter.anyOutcome')}</option>
          {outcomes.map((outcome) => (
            <option key={outcome} value={outcome}>
              {t(`outcomes.${outcome}`)}
            </option>
          ))}
        </SelectField>
        <TextField
          label={t('filter.from')}
          type="date"
          className="text-sm"
          value={chosen.from ?? ''}
          max={chosen.to}
          onChange={(event) => onChange({ from: event.target.value || undefined })}
        />
        <TextField
          label={t('filter.to')}
          type="date"
          className="text-sm"
          value={chosen.to ?? ''}
          min={chosen.from}
          onChange={(event) => onChange({ to: event.target.value || undefined })}
        />
      </div>
      {Object.keys(chosen).length > 0 && (
        <Button size="sm" variant="ghost" className="justify-self-start" onClick={onClear}>
          <X aria-hidden />
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}
