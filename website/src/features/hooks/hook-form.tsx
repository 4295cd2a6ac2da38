'use client';
import type { HookRead, HookWithSecret, OfferRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ChoiceGroup } from '@/components/ui/choice-group';
import { SelectField } from '@/components/ui/select-field';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { draftOf, exampleBody, faultsOf, mappingOf, type MappingFault } from './mapping';
import { MappingEditor } from './mapping-editor';
import { MappingTrial } from './mapping-trial';
import { useSaveHook } from './use-save-hook';

interface Props {
  hook: HookRead | null;
  offers: readonly OfferRead[];
  onMade: (hook: HookWithSecret) => void;
  onDone: () => void;
}

export function HookForm({ hook, offers, onMade, onDone }: Props) {
  const t = useTranslations('Hooks.form');
  const words = useTranslations('Hooks');
  const common = useTranslations('Common');
  const sentence = useErrorSentence();
  const save = useSaveHook(hook, { onMade, onSaved: onDone });
  const [offerName, setOfferName] = useState(hook?.offer ?? offers[0]?.name ?? '');
  const [signature, setSignature] = useState(hook?.signature ?? 'standard');
  const offer = offers.find(({ name }) => name === offerName);
  const fields = offer?.fields ?? [];
  const [draft, setDraft] = useState(() => draftOf(fields, hook?.mapping ?? null));
  const [faults, setFaults] = useState<Readonly<Record<string, MappingFault>>>({});
  const mapping = mappingOf(fields, draft);

  function choose(next: string) {
    setOfferName(next);
    setDraft(draftOf(offers.find(({ name }) => name === next)?.fields ?? [], null));
    setFaults({});
  }

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const name = textOf(new FormData(form), 'name').trim();
    const found = { ...(name ? {} : { name: 'required' as const }), ...faultsOf(fields, draft) };
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(form, found);
    save.mutate({ name, offer: offerName, signature, mapping });
  }

  const faultText = (name: string) => {
    const fault = faults[name];
    if (!fault) return save.fieldFault(name);
    return name === 'name' ? t('required') : words(`mapping.${fault}`);
  };

  return (
    <form noValidate onSubmit={submit} className="grid grid-cols-1 gap-6">
      <TextField
        label={t('name')}
        name="name"
        required
        maxLength={100}
        data-first
        autoFocus
        defaultValue={hook?.name}
        hint={t('nameHint')}
        error={faultText('name')}
      />
      <div className="grid gap-2">
        <ChoiceGroup<HookRead['signature']>
          legend={t('signature')}
          value={signature}
          choices={[
            { value: 'standard', label: words('signatures.standard') },
            { value: 'github', label: words('signatures.github') },
          ]}
          onChange={setSignature}
        />
        <p className="text-sm text-muted">{t('signatureHint')}</p>
      </div>
      <SelectField
        label={t('offer')}
        value={offerName}
        {...(offer ? { hint: offer.description } : {})}
        onChange={(event) => choose(event.target.value)}
      >
        {offers.map(({ name, title }) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </SelectField>
      {fields.length > 0 && (
        <section className="grid grid-cols-1 gap-3">
          <div>
            <h3 className="text-sm font-medium">{words('mapping.heading')}</h3>
            <p className="mt-1 text-sm text-muted">{words('mapping.text')}</p>
          </div>
          <MappingEditor fields={fields} draft={draft} onChange={setDraft} errorOf={faultText} />
          <MappingTrial
            key={offerName}
            fields={fields}
            mapping={mapping}
            example={exampleBody(mapping, fields)}
          />
        </section>
      )}
      {save.isError && <Alert>{sentence(save.error)}</Alert>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="ghost" onClick={onDone}>
          {common('cancel')}
        </Button>
        <Button type="submit" isBusy={save.isPending}>
          {hook ? t('save') : t('create')}
        </Button>
      </div>
    </form>
  );
}
