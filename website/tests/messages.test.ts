import { describe, expect, test } from 'vitest';
import en from '../messages/en.json';
import tr from '../messages/tr.json';

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
    ),
  );
}

/** Names of ICU arguments and of tags: what the code has to supply. */
const needsOf = (message: string) =>
  [...new Set([...message.matchAll(/\{(\w+)[,}]|<(\w+)>/g)].map((match) => match[1] ?? match[2]))].sort();

const turkish = flatten(tr);
const english = flatten(en);

test('both languages have the same messages', () => {
  expect([...english.keys()].sort()).toEqual([...turkish.keys()].sort());
});

describe.each([...turkish])('%s', (key, message) => {
  test('needs the same in both languages', () => {
    expect(needsOf(english.get(key) ?? '')).toEqual(needsOf(message));
  });
  test('says something', () => {
    expect(message.trim()).not.toBe('');
    expect(english.get(key)?.trim()).not.toBe('');
  });
});
