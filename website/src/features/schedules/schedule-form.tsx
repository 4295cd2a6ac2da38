'use client';
import type { OfferRead, ScheduleRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { CatchUpField } from './catch-up-field';
import { faultsOf, inputOf, type Faults } from './offer-input';
import { OfferFields } from './offer-fields';
import { draftOf, newDraft, rhythmOf } from './rhythm-draft';
import { RhythmFields } from './rhythm-fields';
import { Upcoming } from './upcoming';
import { useSaveSchedule } from './use-save-schedule';
import { ownZone } from './zones';

interface Props {
  schedule: ScheduleRead | null;
  offers: readonly OfferRead[];
  onDone: () => void;
}

export function ScheduleForm({ schedule, offers, onDone }: Props) {
  const t = useTranslations('Schedules.form');
  const common = useTranslations('Common');
  const sentence = useErrorSentence();
  const save = useSaveSchedule(schedule);
  const [draft, setDraft] = useState(() => (schedule ? draftOf(schedule) : newDraft(ownZone())));
  const [offerName, setOfferName] = useState(schedule?.offer ?? offers[0]?.name ?? '');
  const [catchUp, setCatchUp] = useState(schedule?.catch_up ?? 'once');
  const [faults, setFaults] = useState<Faults>({});
  const offer = offers.find(({ name }) => name === offerName);
  const rhythm = rhythmOf(draft);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!offer) return;
    const form = event.currentTarget;
    const data = new FormData(form);
    const name = textOf(data, 'name').trim();
    const values = Object.fromEntries(offer.fields.map((field) => [field.name, textOf(data, field.name)]));
    const found: Faults = {
      ...(name ? {} : { name: { key: 'required' } }),
      ...faultsOf(offer.fields, values),
      ...(rhythm ? {} : { [draft.kind === 'interval' ? 'amount' : 'cron']: { key: 'required' } }),
    };
    setFaults(found);
    if (Object.keys(found).length > 0 || !rhythm) return focusFirstFault(form, found);
    save.mutate(
      { name, offer: offer.name, input: inputOf(offer.fields, values), catch_up: catchUp, ...rhythm },
      { onSuccess: onDone },
    );
  }

  const faultText = (name: string) => {
    const fault = faults[name];
    if (!fault) return save.fieldFault(name);
    return fault.key === 'tooLong' ? t('tooLong', { max: fault.max }) : t('required');
  };

  return (
    <form noValidate onSubmit={submit} className="grid gap-6">
      <TextField
        label={t('name')}
        name="name"
        required
        maxLength={100}
        data-first
        autoFocus
        defaultValue={schedule?.name}
        hint={t('nameHint')}
        error={faultText('name')}
      />
      <div className="grid gap-4">
        <SelectField
          label={t('offer')}
          value={offerName}
          disabled={schedule !== null}
          {...(offer ? { hint: offer.description } : {})}
          onChange={(event) => setOfferName(event.target.value)}
        >
          {offers.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </SelectField>
        {offer && (
          <OfferFields
            key={offer.name}
            fields={offer.fields}
            values={schedule?.input ?? {}}
            errorOf={faultText}
          />
        )}
      </div>
      <div className="grid gap-4">
        <RhythmFields
          draft={draft}
          onChange={(part) => setDraft((old) => ({ ...old, ...part }))}
          fault={faultText(draft.kind === 'interval' ? 'amount' : 'cron')}
        />
        <Upcoming rhythm={rhythm} />
      </div>
      <CatchUpField value={catchUp} onChange={setCatchUp} />
      {save.isError && <Alert>{sentence(save.error)}</Alert>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          {common('cancel')}
        </Button>
        <Button type="submit" isBusy={save.isPending}>
          {schedule ? t('save') : t('create')}
        </Button>
      </div>
    </form>
  );
}
