import { beforeEach, expect, test, vi } from 'vitest';
import { isRenewalDue, rememberRenewal } from './lifetime';
import { refreshSession } from './refresh';

/** A token that lives ten minutes; only its times are read here. */
const token = `x.${btoa(JSON.stringify({ iat: 1_000, exp: 1_600 }))}.x`;

/** The browser's own fetch is the boundary: it needs an origin, which a test does not have. */
function answerWith(status: number, body: unknown = {}) {
  const answer = vi.fn(async () => Response.json(body, { status }));
  vi.stubGlobal('fetch', answer);
  return answer;
}

beforeEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

test('many who ask at once share one request', async () => {
  const answer = answerWith(200, { token });
  expect(await Promise.all([refreshSession(), refreshSession(), refreshSession()])).toEqual([
    true,
    true,
    true,
  ]);
  expect(answer).toHaveBeenCalledOnce();
});

test('a later need asks again', async () => {
  const answer = answerWith(200, { token });
  await refreshSession();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await refreshSession();
  expect(answer).toHaveBeenCalledTimes(2);
});

test('nobody signed in is an answer', async () => {
  answerWith(401);
  expect(await refreshSession()).toBe(false);
});

test('a stumbling server is not an answer', async () => {
  answerWith(502);
  await expect(refreshSession()).rejects.toThrow('502');
});

test('a renewal is due after four fifths of the life of the token', () => {
  expect(isRenewalDue(0)).toBe(true);
  rememberRenewal(token, 1_000_000);
  expect(isRenewalDue(1_000_000 + 479_000)).toBe(false);
  expect(isRenewalDue(1_000_000 + 480_000)).toBe(true);
});
