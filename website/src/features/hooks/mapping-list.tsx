'use client';
import type { HookRead, OfferFieldRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { labelOf } from './label-of';

interface Props {
  mapping: HookRead['mapping'];
  fields: readonly OfferFieldRead[];
}

/** Where each field of the job comes from. */
export function MappingList({ mapping, fields }: Props) {
  const t = useTranslations('Hooks.mapping');
  return (
    <div>
      <h2 className="text-sm font-medium">{t('heading')}</h2>
      <dl className="mt-2 divide-y rounded-lg border text-sm">
        {inOrder(mapping, fields).map(([name, mapped]) => (
          <div key={name} className="flex flex-wrap justify-between gap-x-4 gap-y-0.5 px-4 py-2.5">
            <dt className="text-muted">{labelOf(name, fields)}</dt>
            <dd className="break-all">
              {'from' in mapped
                ? t('fromBody', { pointer: mapped.from || '/' })
                : t('always', { value: mapped.value })}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** As the offer lists its fields; what it does not have any more comes last. */
function inOrder(mapping: HookRead['mapping'], fields: readonly OfferFieldRead[]) {
  const place = (name: string) => {
    const at = fields.findIndex((field) => field.name === name);
    return at === -1 ? fields.length : at;
  };
  return Object.entries(mapping).sort(([one], [other]) => place(one) - place(other));
}
