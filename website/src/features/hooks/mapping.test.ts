import { expect, test } from 'vitest';
import { draftOf, exampleBody, faultsOf, mappingOf, resultOf } from './mapping';

const fields = [
  { name: 'video_id', label: 'video_id', type: 'uuid', required: true, max_length: null },
  { name: 'title', label: 'title', type: 'string', required: true, max_length: 100 },
  { name: 'link', label: 'link', type: 'url', required: false, max_length: null },
];
const mapping = { video_id: { from: '/data/video/id' }, title: { value: 'Yeniden' } };

test('the fields of a mapping make it again', () => {
  expect(mappingOf(fields, draftOf(fields, mapping))).toEqual(mapping);
});

test('a new mapping takes what is required from the body and leaves the rest empty', () => {
  expect(mappingOf(fields, draftOf(fields, null))).toEqual({
    video_id: { from: '/video_id' },
    title: { from: '/title' },
  });
});

test('says what is missing or no place in a body', () => {
  const draft = draftOf(fields, null);
  const change = (name: string, part: object) => ({ ...draft, [name]: { ...draft[name]!, ...part } });
  expect(faultsOf(fields, draft)).toEqual({});
  expect(faultsOf(fields, change('title', { source: 'none' }))).toEqual({ title: 'required' });
  expect(faultsOf(fields, change('title', { source: 'value', value: ' ' }))).toEqual({ title: 'required' });
  expect(faultsOf(fields, change('link', { source: 'from', pointer: '' }))).toEqual({ link: 'required' });
  expect(faultsOf(fields, change('title', { pointer: 'title' }))).toEqual({ title: 'pointerFault' });
});

test('shows what a job would get', () => {
  expect(resultOf(mapping, { data: { video: { id: 'v1' } } })).toEqual([
    ['video_id', 'v1'],
    ['title', 'Yeniden'],
  ]);
  expect(resultOf(mapping, {})[0]).toEqual(['video_id', undefined]);
});

test('the example body has all that the mapping asks for', () => {
  const body = exampleBody(mapping, fields);
  expect(resultOf(mapping, body).every(([, value]) => value !== undefined)).toBe(true);
});
