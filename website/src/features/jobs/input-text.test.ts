import { expect, test } from 'vitest';
import { readInput, textOfInput } from './input-text';

test('what is shown reads as the same input', () => {
  const args = ['0197', { title: 'Boğaz' }, 3, null];
  expect(readInput(textOfInput(args))).toEqual({ args });
});

test.each([
  ['["a"', 'notJson'],
  ['', 'notJson'],
  ['{"a": 1}', 'notList'],
  ['"a"', 'notList'],
])('refuses %j', (text, fault) => {
  expect(readInput(text)).toEqual({ fault });
});
