/** JSON pointers (RFC 6901), as far as a mapping needs them: looking a value up, and making an example that has it. */

type Json = unknown;

/** The steps of a pointer, or null when it is none. The whole document ('') has no steps. */
export function stepsOf(pointer: string): string[] | null {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null;
  return pointer
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const isIndex = (step: string) => /^(0|[1-9]\d*)$/.test(step);

/** The value at a pointer; undefined where there is none. */
export function valueAt(document: Json, pointer: string): Json {
  const steps = stepsOf(pointer);
  if (!steps) return undefined;
  return steps.reduce<Json>((value, step) => {
    if (Array.isArray(value)) return isIndex(step) ? (value[Number(step)] as Json) : undefined;
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.hasOwn(value, step) ? (value as Record<string, Json>)[step] : undefined;
  }, document);
}

/** The smallest document that has a value at each of the pointers. */
export function exampleWith(values: readonly (readonly [pointer: string, value: Json])[]): Json {
  return values.reduce<Json>(
    (document, [pointer, value]) => put(document, stepsOf(pointer) ?? [], value),
    {},
  );
}

function put(document: Json, steps: readonly string[], value: Json): Json {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(document) || (isEmpty(document) && isIndex(step))) {
    const list = Array.isArray(document) ? [...document] : [];
    list[Number(step)] = put(list[Number(step)], rest, value);
    // What stands before it is not asked for; JSON has no holes.
    return Array.from(list, (item: Json) => item ?? null);
  }
  const object = typeof document === 'object' && document !== null ? document : {};
  return { ...object, [step]: put((object as Record<string, Json>)[step], rest, value) };
}

const isEmpty = (document: Json) =>
  document === undefined ||
  document === null ||
  (typeof document === 'object' && Object.keys(document).length === 0);
