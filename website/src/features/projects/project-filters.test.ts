import { expect, test } from 'vitest';
import { projectFiltersFrom } from './project-filters';

test.each([
  ['', {}],
  ['archived=true', { archived: true }],
  ['archived=yes', {}],
  ['q=+launch+', { q: 'launch' }],
  ['q=++', {}],
])('%s', (query, filters) => {
  expect(projectFiltersFrom(new URLSearchParams(query))).toEqual(filters);
});

test('asks for no more than the gateway takes', () => {
  expect(projectFiltersFrom(new URLSearchParams({ q: 'x'.repeat(300) })).q).toHaveLength(100);
});
