import { describe, expect, test } from 'vitest';
import { chosenFrom, filtersOf } from './audit-filters';

const id = '0198c0de-0000-7000-8000-000000000001';

describe('chosenFrom', () => {
  test('reads what the page has written', () => {
    const params = new URLSearchParams({
      group: 'member',
      person: id,
      outcome: 'refused',
      from: '2026-11-01',
    });
    expect(chosenFrom(params)).toEqual({
      group: 'member',
      person: id,
      outcome: 'refused',
      from: '2026-11-01',
    });
  });

  test('leaves out what nobody could have chosen', () => {
    const params = new URLSearchParams({
      group: 'x',
      person: 'me',
      outcome: 'maybe',
      from: 'yesterday',
      to: '',
    });
    expect(chosenFrom(params)).toEqual({});
  });
});

describe('filtersOf', () => {
  test('a group stands for all actions that begin so', () => {
    expect(filtersOf({ group: 'member' })).toEqual({ action: 'member.' });
  });

  test('the last day is meant as a whole', () => {
    const { since, until } = filtersOf({ from: '2026-11-23', to: '2026-11-23' });
    expect(Date.parse(until ?? '') - Date.parse(since ?? '')).toBe(24 * 3600 * 1000);
  });

  test('nothing chosen asks for everything', () => {
    expect(filtersOf({})).toEqual({});
  });
});
