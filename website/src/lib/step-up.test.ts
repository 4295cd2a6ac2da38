import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { answerStepUps, fetchWithStepUp } from './step-up';

const refusal = () => Response.json({ code: 'step_up_needed' }, { status: 403 });
const request = () => new Request('http://localhost/api/auth/totp', { method: 'POST', body: '{"a":1}' });

/** The browser's own fetch is the boundary: it refuses until somebody proved themselves. */
let isProved = false;
const bodies: string[] = [];
let forget = () => undefined as void;

beforeEach(() => {
  isProved = false;
  bodies.length = 0;
  vi.stubGlobal('fetch', async (sent: Request) => {
    bodies.push(await sent.text());
    return isProved ? Response.json({ ok: true }) : refusal();
  });
});
afterEach(() => {
  forget();
  vi.unstubAllGlobals();
});

test('a refused request is sent again, with its body, once its person proved themselves', async () => {
  forget = answerStepUps(async () => (isProved = true));
  expect((await fetchWithStepUp(request())).status).toBe(200);
  expect(bodies).toEqual(['{"a":1}', '{"a":1}']);
});

test('whoever declines gets the refusal, which can still be read', async () => {
  forget = answerStepUps(async () => false);
  const reply = await fetchWithStepUp(request());
  expect(await reply.json()).toEqual({ code: 'step_up_needed' });
  expect(bodies).toHaveLength(1);
});

test('several at once ask once', async () => {
  const ask = vi.fn(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return (isProved = true);
  });
  forget = answerStepUps(ask);
  const replies = await Promise.all([fetchWithStepUp(request()), fetchWithStepUp(request())]);
  expect(replies.map((reply) => reply.status)).toEqual([200, 200]);
  expect(ask).toHaveBeenCalledOnce();
});

test('another refusal, and a page without a dialog, ask nobody', async () => {
  expect((await fetchWithStepUp(request())).status).toBe(403);
  const ask = vi.fn(async () => true);
  forget = answerStepUps(ask);
  vi.stubGlobal('fetch', async () => Response.json({ code: 'forbidden' }, { status: 403 }));
  expect((await fetchWithStepUp(request())).status).toBe(403);
  expect(ask).not.toHaveBeenCalled();
});
