import { expect, test } from 'vitest';
import { activePath } from './active-path';

const places = [{ href: '/settings' }, { href: '/settings/webhooks' }, { href: '/videos' }];

test.each([
  ['/settings', '/settings'],
  ['/settings/webhooks', '/settings/webhooks'],
  ['/settings/webhooks/1', '/settings/webhooks'],
  ['/settings/notifications', '/settings'],
  ['/videosomething', undefined],
  ['/', undefined],
])('%s belongs to %s', (path, place) => expect(activePath(places, path)).toBe(place));
