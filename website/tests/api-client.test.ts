// @vitest-environment node
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiClient } from '@ultrarslanoglu/api-client';
import {
  Conflict,
  Invalid,
  isWorthRetrying,
  NotFound,
  NotSignedIn,
  Unreachable,
  unwrap,
} from '@ultrarslanoglu/api-client/errors';
import { updateMe } from '@ultrarslanoglu/api-client/queries/auth';
import { afterEach, describe, expect, test, vi } from 'vitest';

let server: Server | undefined;
afterEach(() => server?.close());

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const problem = (status: number, code: string) =>
  JSON.stringify({
    type: 'about:blank',
    title: 'x',
    status,
    code,
    detail: 'Bir cümle.',
    errors: [{ field: 'name', code: 'too_long', detail: 'Ad çok uzun.' }],
    request_id: 'r1',
  });

const refuse =
  (status: number, code = 'refused'): RequestListener =>
  (_, reply) => {
    reply.writeHead(status, { 'content-type': 'application/problem+json' }).end(problem(status, code));
  };

describe('unwrap', () => {
  test.each([
    [401, NotSignedIn],
    [404, NotFound],
    [409, Conflict],
    [422, Invalid],
  ])('turns %i into its class', async (status, ErrorClass) => {
    const api = createApiClient({ baseUrl: await serve(refuse(status)), locale: () => 'tr' });
    const error = await unwrap(api.GET('/api/auth/me')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ErrorClass);
    expect(error).toMatchObject({ status, code: 'refused', message: 'Bir cümle.', requestId: 'r1' });
    expect((error as Invalid).field('name')).toBe('Ad çok uzun.');
  });

  test('says so when nobody answers, and that trying again may help', async () => {
    const baseUrl = await serve(refuse(500));
    await new Promise((resolve) => server?.close(resolve));
    const api = createApiClient({ baseUrl, locale: () => 'tr' });
    const error = await unwrap(api.GET('/api/auth/me')).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Unreachable);
    expect(isWorthRetrying(error)).toBe(true);
    expect(isWorthRetrying(new NotFound(404, 'x', 'x'))).toBe(false);
  });
});

describe('a request that is refused with 401', () => {
  /** Refuses until `refresh` has been called, and keeps what it was sent. */
  async function expiring() {
    const sent: string[] = [];
    const state = { isFresh: false };
    const baseUrl = await serve((request, reply) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        sent.push(`${request.method} ${request.url} ${body}`);
        if (!state.isFresh) return refuse(401, 'not_signed_in')(request, reply);
        reply.writeHead(200, { 'content-type': 'application/json' }).end('{"user":{"name":"Ayşe"}}');
      });
    });
    return { sent, state, baseUrl };
  }

  test('is sent once more, with its body, after the session was renewed', async () => {
    const { sent, state, baseUrl } = await expiring();
    const refresh = vi.fn(async () => (state.isFresh = true));
    const me = await updateMe(createApiClient({ baseUrl, locale: () => 'tr', refresh }), { name: 'Ayşe' });
    expect(me.user.name).toBe('Ayşe');
    expect(refresh).toHaveBeenCalledOnce();
    expect(sent).toEqual(Array(2).fill('PATCH /api/auth/me {"name":"Ayşe"}'));
  });

  test('is not sent again when nobody is signed in any more', async () => {
    const { sent, baseUrl } = await expiring();
    const api = createApiClient({ baseUrl, locale: () => 'tr', refresh: async () => false });
    await expect(unwrap(api.GET('/api/auth/me'))).rejects.toBeInstanceOf(NotSignedIn);
    expect(sent).toHaveLength(1);
  });

  test('is sent only twice, however often it is refused', async () => {
    const { sent, baseUrl } = await expiring();
    const api = createApiClient({ baseUrl, locale: () => 'tr', refresh: async () => true });
    await expect(unwrap(api.GET('/api/auth/me'))).rejects.toBeInstanceOf(NotSignedIn);
    expect(sent).toHaveLength(2);
  });

  test('does not renew anything when it was a login', async () => {
    const { baseUrl } = await expiring();
    const refresh = vi.fn(async () => true);
    const api = createApiClient({ baseUrl, locale: () => 'tr', refresh });
    const body = { email: 'a@b.test', password: 'yanlış parola' };
    await expect(unwrap(api.POST('/api/auth/login', { body }))).rejects.toBeInstanceOf(NotSignedIn);
    expect(refresh).not.toHaveBeenCalled();
  });
});

test('every request says which language the reader has', async () => {
  let language: string | undefined;
  const baseUrl = await serve((request, reply) => {
    language = request.headers['accept-language'];
    reply.writeHead(204).end();
  });
  await unwrap(createApiClient({ baseUrl, locale: () => 'en' }).POST('/api/auth/logout'));
  expect(language).toBe('en');
});
