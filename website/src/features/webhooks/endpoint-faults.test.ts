import { expect, test } from 'vitest';
import { checkEndpoint } from './endpoint-faults';

test.each([
  ['', '', true, { name: 'nameEmpty', url: 'urlEmpty' }],
  ['Kurgu', 'hooks.example.com', true, { url: 'urlInvalid' }],
  ['Kurgu', 'javascript:alert(1)', true, { url: 'urlInvalid' }],
  ['Kurgu', 'https://hooks.example.com/a?b=c', true, {}],
  ['Kurgu', 'http://localhost:5900/catch/a', true, {}],
  // What exists stays when nothing else is said.
  ['Kurgu', '', false, {}],
  ['Kurgu', 'ftp://x', false, { url: 'urlInvalid' }],
])('name %o, address %o, new %o', (name, url, isNew, faults) =>
  expect(checkEndpoint(name, url, isNew)).toEqual(faults),
);
