import { createApiClient } from '@ultrarslanoglu/api-client';
import { beforeEach, expect, test, vi } from 'vitest';
import { readCsrfToken, renewCsrfToken } from './csrf';

const port = window.location.port || '80';
const cookie = `ultra_${port}_csrf`;

/** The gateway at the boundary: it accepts one token and refuses every other, as the real one does. */
function gatewayThatAccepts(token: string) {
  const seen: (string | null)[] = [];
  const answer = vi.fn(async (input: Request | string) => {
    if (typeof input === 'string') return Response.json({ token });
    seen.push(input.headers.get('X-CSRF-Token'));
    if (input.method === 'GET' || seen.at(-1) === token) return Response.json({});
    return Response.json({ code: 'csrf_token_missing' }, { status: 403 });
  });
  vi.stubGlobal('fetch', answer);
  return { answer, seen };
}

const client = (refresh?: () => Promise<boolean>) =>
  createApiClient({
    baseUrl: 'http://localhost',
    locale: () => 'en',
    refresh,
    csrf: { read: readCsrfToken, renew: renewCsrfToken },
  });
const rename = (name: string, refresh?: () => Promise<boolean>) =>
  client(refresh).PATCH('/api/auth/me', { body: { name } as never });

beforeEach(async () => {
  vi.unstubAllGlobals();
  document.cookie = `${cookie}=; max-age=0`;
  // Forgets what an earlier test asked for.
  vi.stubGlobal('fetch', async () => new Response(null, { status: 401 }));
  await renewCsrfToken();
});

test('the token of the cookie goes with what changes something, and with nothing else', async () => {
  document.cookie = `${cookie}=good`;
  const { seen, answer } = gatewayThatAccepts('good');
  await rename('Ada');
  await client().GET('/api/auth/me');
  expect(seen).toEqual(['good', null]);
  expect(answer).toHaveBeenCalledTimes(2);
});

test('without a cookie it asks for a token and sends the request again, with its body', async () => {
  const { seen, answer } = gatewayThatAccepts('new');
  const { response } = await rename('Ada');
  expect(response.ok).toBe(true);
  expect(seen).toEqual([null, 'new']);
  const last = answer.mock.calls.at(-1)?.[0] as Request;
  expect(await last.json()).toEqual({ name: 'Ada' });
  // The next one knows it.
  await rename('Grace');
  expect(seen).toEqual([null, 'new', 'new']);
});

test('a token of another session is asked for anew, once', async () => {
  document.cookie = `${cookie}=old`;
  const { seen } = gatewayThatAccepts('new');
  expect((await rename('Ada')).response.ok).toBe(true);
  expect(seen).toEqual(['old', 'new']);
  const never = gatewayThatAccepts('unreachable');
  never.answer.mockImplementation(async (input) =>
    typeof input === 'string'
      ? Response.json({ token: 'useless' })
      : Response.json({ code: 'csrf_token_missing' }, { status: 403 }),
  );
  expect((await rename('Ada')).response.status).toBe(403);
  expect(never.answer).toHaveBeenCalledTimes(3);
});

test('another refusal is left alone', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ code: 'forbidden' }, { status: 403 }));
  expect((await rename('Ada')).response.status).toBe(403);
});

test('after a renewal of the session the request carries the token that came with it', async () => {
  document.cookie = `${cookie}=old`;
  const seen: (string | null)[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    seen.push(request.headers.get('X-CSRF-Token'));
    return new Response('{}', { status: seen.length === 1 ? 401 : 200 });
  });
  const refresh = async () => {
    document.cookie = `${cookie}=fresh`;
    return true;
  };
  expect((await rename('Ada', refresh)).response.ok).toBe(true);
  expect(seen).toEqual(['old', 'fresh']);
});
