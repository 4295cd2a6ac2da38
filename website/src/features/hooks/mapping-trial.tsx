'use client';
import type { OfferFieldRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { TextArea } from '@/components/ui/text-area';
import { resultOf, type Mapping } from './mapping';
import { labelOf } from './label-of';

interface Props {
  fields: readonly OfferFieldRead[];
  mapping: Mapping;
  example: unknown;
}

/** A body to try the mapping with, and what the job would get from it. */
export function MappingTrial({ fields, mapping, example }: Props) {
  const t = useTranslations('Hooks.mapping');
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? JSON.stringify(example, null, 2);
  const body = parsed(shown);
  return (
    <details className="rounded-xl border">
      <summary className="cursor-pointer rounded-xl px-4 py-3 text-sm font-medium">{t('sample')}</summary>
      <div className="grid gap-3 border-t p-4">
        <TextArea
          label={t('sampleLabel')}
          value={shown}
          rows={6}
          spellCheck={false}
          className="font-mono text-sm"
          error={body ? undefined : t('notJson')}
          onChange={(event) => setText(event.target.value)}
        />
        {body && (
          <div aria-live="polite" className="text-sm">
            <p className="text-muted">{t('sampleResult')}</p>
            <dl className="mt-2 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
              {resultOf(mapping, body.value).map(([name, value]) => (
                <div key={name} className="contents">
                  <dt className="text-muted">{labelOf(name, fields)}</dt>
                  <dd className="font-mono text-[0.8125rem] break-all">
                    {value === undefined ? (
                      <span className="font-sans text-warning">{t('sampleMissing')}</span>
                    ) : (
                      JSON.stringify(value)
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          </div>
        )}
      </div>
    </details>
  );
}

function parsed(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return null;
  }
}
