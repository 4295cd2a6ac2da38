import { expect, test } from 'vitest';
import { filtersFrom, isFiltered, queryOf } from './job-filters';

const read = (query: string, isOperator = false) => filtersFrom(new URLSearchParams(query), isOperator);

test('reads what the address asks for', () => {
  expect(read('state=failed&state=dead&queue=video&priority=high&trigger=webhook&q=%20kurgu%20')).toEqual({
    scope: 'own',
    state: ['failed', 'dead'],
    queue: 'video',
    priority: 'high',
    trigger: 'webhook',
    q: 'kurgu',
  });
});

test('leaves out what does not exist', () => {
  expect(read('state=lost&queue=moon&priority=&trigger=1&q=%20')).toEqual({ scope: 'own' });
});

test('shows the whole installation to operators only', () => {
  expect(read('scope=all', true).scope).toBe('all');
  expect(read('scope=all', false).scope).toBe('own');
});

test('writes an address that reads as the same filters', () => {
  const query = 'scope=all&state=running&state=dead&queue=api&name=video.process_video&q=a+b';
  expect(read(queryOf(read(query, true)), true)).toEqual(read(query, true));
  expect(queryOf({ scope: 'own' })).toBe('');
});

test('the scope alone is no filter', () => {
  expect(isFiltered(read('scope=all', true))).toBe(false);
  expect(isFiltered(read('q=a'))).toBe(true);
});
