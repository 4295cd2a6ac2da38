import { expect, test } from 'vitest';
import { exampleWith, stepsOf, valueAt } from './pointer';

test.each([
  ['', []],
  ['/video/id', ['video', 'id']],
  ['/a~1b/c~0d', ['a/b', 'c~d']],
  ['/', ['']],
])('%j has steps', (pointer, steps) => expect(stepsOf(pointer)).toEqual(steps));

test.each(['video', 'video/id', '/a~2'])('%j is no pointer', (pointer) =>
  expect(stepsOf(pointer)).toBeNull(),
);

const body = { video: { id: 'v1', tags: ['a', 'b'] }, 'a/b': 1, list: [{ x: null }] };

test.each([
  ['/video/id', 'v1'],
  ['/video/tags/1', 'b'],
  ['/a~1b', 1],
  ['/list/0/x', null],
])('%s is in the body', (pointer, value) => expect(valueAt(body, pointer)).toEqual(value));

test.each(['/video/name', '/video/tags/01', '/video/tags/length', '/video/id/0', '/toString', 'video'])(
  '%s is not',
  (pointer) => expect(valueAt(body, pointer)).toBeUndefined(),
);

test('an example has what it was made for', () => {
  const values = [
    ['/commits/0/id', 'c1'],
    ['/commits/0/message', 'Merhaba'],
    ['/repository/name', 'stüdyo'],
    ['/tags/1', 'b'],
  ] as const;
  const example = exampleWith(values);
  for (const [pointer, value] of values) expect(valueAt(example, pointer)).toBe(value);
  expect(JSON.parse(JSON.stringify(example))).toEqual(example);
});
