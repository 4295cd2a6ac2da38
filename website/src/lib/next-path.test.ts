import { expect, test } from 'vitest';
import { loginPath, safeNextPath } from './next-path';

test.each(['/dashboard', '/en/videos/1?q=a', '/videos?status=failed#x'])('believes %s', (path) => {
  expect(safeNextPath(path)).toBe(path);
});

test.each([
  undefined,
  '',
  'https://evil.test',
  '//evil.test',
  '/\\evil.test',
  '\\/evil.test',
  '/\t/evil.test',
  '/\n/evil.test',
  'javascript:alert(1)',
  ['/a', '/b'],
])('goes home instead of %j', (next) => {
  expect(safeNextPath(next)).toBe('/dashboard');
});

test('leads back to where somebody wanted to go', () => {
  const next = new URL(loginPath('/videos?q=a&status=failed'), 'http://x').searchParams.get('next');
  expect(safeNextPath(next)).toBe('/videos?q=a&status=failed');
});
