import { describe, expect, test } from 'vitest';
import english from '../../../messages/en.json';
import turkish from '../../../messages/tr.json';
import { groups } from './actions';

const prefixes = (actions: object) =>
  new Set(Object.keys(actions).map((action) => action.replace(/_.*$/, '')));

/** These are looked for by the group of what they belong to. */
const together = new Set(['recovery']);

describe.each([
  ['tr', turkish.Audit],
  ['en', english.Audit],
])('the audit page in %s', (_language, texts) => {
  test('has a name for each group', () => {
    expect(Object.keys(texts.groups).sort()).toEqual([...groups].sort());
  });

  test('has a group for each action that it can name', () => {
    const missing = [...prefixes(texts.actions)].filter(
      (prefix) => !together.has(prefix) && !groups.some((group) => group === prefix),
    );
    expect(missing).toEqual([]);
  });
});
