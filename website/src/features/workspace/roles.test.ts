import { expect, test } from 'vitest';
import { rolesUpTo } from './roles';

test('an owner gives every role', () => {
  expect(rolesUpTo('owner')).toEqual(['owner', 'admin', 'editor', 'publisher', 'analyst', 'viewer']);
});

test('an admin makes nobody an owner', () => {
  expect(rolesUpTo('admin')).toEqual(['admin', 'editor', 'publisher', 'analyst', 'viewer']);
});

test('a viewer could give nothing but what they have', () => {
  expect(rolesUpTo('viewer')).toEqual(['viewer']);
});
