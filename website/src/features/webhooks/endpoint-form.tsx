'use client';
import type { EndpointRead, EndpointType, Kind } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ChoiceGroup } from '@/components/ui/choice-group';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { checkEndpoint, type EndpointFaults } from './endpoint-faults';
import { KindChoice } from './kind-choice';

export interface EndpointValues {
  type: EndpointType;
  name: string;
  /** Empty when it shall stay as it is. */
  url: string;
  kinds: Kind[];
}

interface Props {
  /** The one that is changed; without it one is added. */
  endpoint?: EndpointRead;
  /** Where a trial without an account can go; production has none. */
  sandboxUrl?: string | null;
  error: Error | null;
  isBusy: boolean;
  onSubmit: (values: EndpointValues) => void;
}

/** The sandbox plays a plain receiver, Slack and Discord at these paths. */
const PATHS: Record<EndpointType, string> = { webhook: 'catch', slack: 'slack', discord: 'discord' };

function fill(form: HTMLFormElement | null, address: string) {
  const field = form?.elements.namedItem('url');
  if (field instanceof HTMLInputElement) field.value = address;
}

export function EndpointForm({ endpoint, sandboxUrl, error, isBusy, onSubmit }: Props) {
  const t = useTranslations('Webhooks.form');
  const types = useTranslations('Webhooks.types');
  const sentence = useErrorSentence();
  const [type, setType] = useState<EndpointType>(endpoint?.type ?? 'webhook');
  const [faults, setFaults] = useState<EndpointFaults>({});
  const refusal = error instanceof ApiError ? error : null;
  const errorOf = (name: keyof EndpointFaults) => {
    const fault = faults[name];
    return fault ? t(fault) : refusal?.field(name);
  };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const name = textOf(data, 'name').trim();
    const url = textOf(data, 'url').trim();
    const found = checkEndpoint(name, url, !endpoint);
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(event.currentTarget, found);
    onSubmit({ type, name, url, kinds: data.getAll('kinds') as Kind[] });
  }

  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      {!endpoint && (
        <ChoiceGroup<EndpointType>
          legend={t('type')}
          value={type}
          choices={(['webhook', 'slack', 'discord'] as const).map((value) => ({
            value,
            label: types(value),
          }))}
          onChange={setType}
        />
      )}
      <TextField
        label={t('name')}
        name="name"
        data-first
        required
        maxLength={100}
        autoComplete="off"
        defaultValue={endpoint?.name}
        hint={t('nameHint')}
        error={errorOf('name')}
      />
      <TextField
        label={endpoint ? t('urlKeep') : t('url')}
        name="url"
        type="url"
        inputMode="url"
        required={!endpoint}
        maxLength={2000}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        hint={endpoint ? t('urlKeepHint', { url: endpoint.url }) : t(`hints.${type}`)}
        error={errorOf('url')}
        className="font-mono text-sm"
      />
      {sandboxUrl && !endpoint && (
        <p className="-mt-2 text-sm text-muted">
          {t.rich('sandbox', {
            fill: (words) => (
              <button
                type="button"
                onClick={(event) =>
                  fill(event.currentTarget.form, `${sandboxUrl}/${PATHS[type]}/${t('sandboxName')}`)
                }
                className="font-medium text-link underline underline-offset-4"
              >
                {words}
              </button>
            ),
          })}
        </p>
      )}
      <KindChoice chosen={endpoint?.kinds ?? []} />
      {error && <Alert>{sentence(error)}</Alert>}
      <Button type="submit" className="justify-self-end" isBusy={isBusy}>
        {endpoint ? t('save') : t('create')}
      </Button>
    </form>
  );
}
