import { describe, expect, test } from 'vitest';
import { isCurrent } from './this-device';

const known = { id: '1', endpoint: 'https://push.example/a', userId: 'ayse', sessionId: 'one' };

describe('isCurrent', () => {
  test('as long as address and session are the same', () => {
    expect(isCurrent(known, known.endpoint, 'one')).toBe(true);
  });

  test('another session has to tell of the browser again, or nothing would be sent there', () => {
    expect(isCurrent(known, known.endpoint, 'two')).toBe(false);
  });

  test('so has the same one after the push service has moved it', () => {
    expect(isCurrent(known, 'https://push.example/b', 'one')).toBe(false);
  });

  test('what was remembered before sessions were is told again', () => {
    expect(isCurrent({ id: '1', endpoint: known.endpoint, userId: 'ayse' }, known.endpoint, 'one')).toBe(
      false,
    );
  });
});
