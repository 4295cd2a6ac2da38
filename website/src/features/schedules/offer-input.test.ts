import { expect, test } from 'vitest';
import { faultsOf, inputOf } from './offer-input';

const fields = [
  { name: 'title', label: 'title', type: 'string', required: true, max_length: 3 },
  { name: 'link', label: 'link', type: 'url', required: false, max_length: null },
];

test('asks for what is required and refuses what is too long', () => {
  expect(faultsOf(fields, { title: ' ', link: '' })).toEqual({ title: { key: 'required' } });
  expect(faultsOf(fields, { title: 'dört', link: '' })).toEqual({ title: { key: 'tooLong', max: 3 } });
});

test('counts characters, not their parts', () => {
  expect(faultsOf(fields, { title: '🎬🎬🎬' })).toEqual({});
});

test('leaves out what was left empty', () => {
  expect(inputOf(fields, { title: ' bir ', link: '' })).toEqual({ title: 'bir' });
});
