import { expect, test } from 'vitest';
import { checkKey, networksOf } from './key-values';

const values = { name: 'Yedek', scopes: ['video:read' as const], expires_in_days: 90, ip_allow: [] };

test('a key needs a name and something that it may do', () => {
  expect(checkKey(values)).toEqual({});
  expect(checkKey({ ...values, name: '', scopes: [] })).toEqual({ name: 'nameEmpty', scopes: 'scopesEmpty' });
});

test.each([
  ['', []],
  ['203.0.113.7', ['203.0.113.7']],
  [' 203.0.113.0/24\n2001:db8::/32, 10.0.0.1 ', ['203.0.113.0/24', '2001:db8::/32', '10.0.0.1']],
])('%j is read as %j', (text, networks) => {
  expect(networksOf(text)).toEqual(networks);
});
