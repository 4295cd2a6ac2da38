import type { PreferencesRead } from '@ultrarslanoglu/api-client';
import { expect, test } from 'vitest';
import { toUpdate, withChannel } from './preferences-update';

const about = { title: 'Not', description: 'Bir not.', is_urgent: false, fixed: [], for_endpoints: true };
const preferences: PreferencesRead = {
  zone: 'Europe/Istanbul',
  quiet_hours: { is_on: false, start: '22:00', end: '08:00' },
  email_digest: 'off',
  digest_hour: 9,
  kinds: [
    { kind: 'note', in_app: true, push: true, email: false, ...about },
    { kind: 'job.dead', in_app: true, push: true, email: true, ...about },
  ],
};

test('sends only what a person can choose: the gateway refuses unknown fields', () => {
  expect(toUpdate(preferences).kinds).toEqual([
    { kind: 'note', in_app: true, push: true, email: false },
    { kind: 'job.dead', in_app: true, push: true, email: true },
  ]);
  expect(toUpdate(preferences).zone).toBe('Europe/Istanbul');
});

test('one switch changes one channel of one kind', () => {
  const changed = withChannel(preferences.kinds, 'note', 'email', true);
  expect(changed[0]).toMatchObject({ kind: 'note', push: true, email: true });
  expect(changed[1]).toBe(preferences.kinds[1]);
});
