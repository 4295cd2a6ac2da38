import { expect, test } from 'vitest';
import { hrefFrom } from './href-from';

test('the address of a page here is left as it is', () => {
  expect(hrefFrom('w1', '/videos/1', 'w1')).toBe('/videos/1');
  expect(hrefFrom('w1', '/settings/security', null)).toBe('/settings/security');
});

test('the address of a page of another workspace says so', () => {
  expect(hrefFrom('w1', '/videos/1', 'w2')).toBe('/videos/1?workspace=w2');
  expect(hrefFrom('w1', '/jobs?scope=all#x', 'w2')).toBe('/jobs?scope=all&workspace=w2#x');
});

test('another site is told nothing', () => {
  expect(hrefFrom('w1', 'https://ci.example.com/1', 'w2')).toBe('https://ci.example.com/1');
});
