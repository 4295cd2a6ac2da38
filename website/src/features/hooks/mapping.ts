/** Where the fields of a job come from, while somebody is choosing it: what stands in the editor, and the mapping that it makes. */
import type { HookRead, OfferFieldRead } from '@ultrarslanoglu/api-client';
import { exampleWith, stepsOf, valueAt } from './pointer';

export type Source = 'from' | 'value' | 'none';

export interface FieldDraft {
  source: Source;
  pointer: string;
  value: string;
}
export type MappingDraft = Readonly<Record<string, FieldDraft>>;
export type MappingFault = 'required' | 'pointerFault';
export type Mapping = HookRead['mapping'];

/** The fields as they would have been filled in for this mapping; a new one begins with a guess. */
export function draftOf(fields: readonly OfferFieldRead[], mapping: Mapping | null): MappingDraft {
  return Object.fromEntries(
    fields.map(({ name, required }): [string, FieldDraft] => {
      const mapped = mapping?.[name];
      if (mapped && 'from' in mapped) return [name, { source: 'from', pointer: mapped.from, value: '' }];
      if (mapped) return [name, { source: 'value', pointer: `/${name}`, value: mapped.value }];
      return [name, { source: required ? 'from' : 'none', pointer: `/${name}`, value: '' }];
    }),
  );
}

export function faultsOf(
  fields: readonly OfferFieldRead[],
  draft: MappingDraft,
): Readonly<Record<string, MappingFault>> {
  const faults: Record<string, MappingFault> = {};
  for (const { name, required } of fields) {
    const field = draft[name];
    if (!field || field.source === 'none') {
      if (required) faults[name] = 'required';
    } else if (field.source === 'value') {
      if (!field.value.trim()) faults[name] = 'required';
    } else if (!field.pointer.trim()) faults[name] = 'required';
    else if (!stepsOf(field.pointer.trim())) faults[name] = 'pointerFault';
  }
  return faults;
}

export function mappingOf(fields: readonly OfferFieldRead[], draft: MappingDraft): Mapping {
  const mapping: Mapping = {};
  for (const { name } of fields) {
    const field = draft[name];
    if (field?.source === 'from') mapping[name] = { from: field.pointer.trim() };
    if (field?.source === 'value') mapping[name] = { value: field.value.trim() };
  }
  return mapping;
}

/** What the job would get from this body; undefined where the body does not have it. */
export const resultOf = (mapping: Mapping, body: unknown) =>
  Object.entries(mapping).map(([name, mapped]): [name: string, value: unknown] =>
    'from' in mapped ? [name, valueAt(body, mapped.from)] : [name, mapped.value],
  );

const samples: Readonly<Record<string, string>> = {
  uuid: '00000000-0000-4000-8000-000000000000',
  url: 'https://example.com',
};

/** A body that the mapping can be tried with. */
export function exampleBody(mapping: Mapping, fields: readonly OfferFieldRead[]): unknown {
  const sampleOf = (name: string) => samples[fields.find((field) => field.name === name)?.type ?? ''] ?? name;
  return exampleWith(
    Object.entries(mapping).flatMap(([name, mapped]) =>
      'from' in mapped ? [[mapped.from, sampleOf(name)] as const] : [],
    ),
  );
}
