// @vitest-environment node
import { createHash, randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { pipeToGateway } from './gateway-pipe';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  vi.unstubAllEnvs();
});

async function gateway(listener: RequestListener) {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('GATEWAY_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const ask = (path: string, init?: RequestInit) =>
  pipeToGateway(new Request(`http://localhost:3001${path}`, init));

describe('what goes to the gateway', () => {
  test('keeps method, path, query and headers, and says where it came from', async () => {
    let seen: unknown;
    await gateway((request, reply) => {
      const { cookie, connection } = request.headers;
      seen = [request.method, request.url, cookie, connection, request.headers['x-forwarded-proto']];
      reply.end();
    });
    await ask('//evil.test/api?a=1', { method: 'DELETE', headers: { cookie: 'a=1', connection: 'upgrade' } });
    expect(seen).toEqual(['DELETE', '//evil.test/api?a=1', 'a=1', 'close', 'http']);
  });

  test('carries a large body unchanged', async () => {
    const hash = createHash('sha256');
    let size = 0;
    await gateway((request, reply) => {
      request.on('data', (part: Buffer) => {
        hash.update(part);
        size += part.length;
      });
      request.on('end', () => reply.writeHead(204).end());
    });
    const body = randomBytes(24 * 1024 * 1024);
    const reply = await ask('/api/video/uploads/1', { method: 'PATCH', body });
    expect(reply.status).toBe(204);
    expect(size).toBe(body.length);
    expect(hash.digest('hex')).toBe(createHash('sha256').update(body).digest('hex'));
  });

  test('ends when the reader leaves', async () => {
    const left = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await gateway((request) => {
      request.on('close', () => left.resolve());
      asked.resolve();
    });
    const controller = new AbortController();
    const answer = ask('/api/events', { signal: controller.signal });
    await asked.promise;
    controller.abort();
    await left.promise;
    expect((await answer).status).toBe(502);
  });
});

describe('what comes back', () => {
  test('keeps each Set-Cookie apart', async () => {
    await gateway((_, reply) => {
      reply.setHeader('set-cookie', ['a=1; Path=/', 'b=2; Path=/']);
      reply.end('ok');
    });
    expect((await ask('/api/auth/login', { method: 'POST' })).headers.getSetCookie()).toEqual([
      'a=1; Path=/',
      'b=2; Path=/',
    ]);
  });

  test('passes part of a file on as a part', async () => {
    await gateway((request, reply) => {
      reply
        .writeHead(206, { 'content-range': `bytes 2-4/9`, 'x-asked': request.headers.range ?? '' })
        .end('cde');
    });
    const reply = await ask('/api/video/1/download', { headers: { range: 'bytes=2-4' } });
    expect([reply.status, reply.headers.get('content-range'), reply.headers.get('x-asked')]).toEqual([
      206,
      'bytes 2-4/9',
      'bytes=2-4',
    ]);
    expect(await reply.text()).toBe('cde');
  });

  test('has no body for HEAD, but its headers', async () => {
    await gateway((_, reply) => reply.writeHead(200, { 'upload-offset': '7' }).end());
    const reply = await ask('/api/video/uploads/1', { method: 'HEAD' });
    expect([reply.body, reply.headers.get('upload-offset')]).toEqual([null, '7']);
  });

  test('hands a live event over before the stream ends', async () => {
    await gateway((_, reply) => {
      reply.writeHead(200, { 'content-type': 'text/event-stream' });
      reply.write('data: 1\n\n');
    });
    const reply = await ask('/api/events');
    const reader = reply.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value as Uint8Array)).toBe('data: 1\n\n');
    expect(reply.headers.get('cache-control')).toBe('no-cache, no-transform');
    await reader?.cancel();
  });

  test.each([
    ['tr-TR,tr;q=0.9', 'Sunucuya'],
    ['en', 'The server'],
  ])('is a sentence in the reader’s language (%s) when the gateway is away', async (language, start) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await gateway(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    const reply = await ask('/api/auth/me', { headers: { 'accept-language': language } });
    expect([reply.status, reply.headers.get('content-type')]).toEqual([502, 'application/problem+json']);
    expect(await reply.json()).toMatchObject({
      code: 'gateway_unreachable',
      detail: expect.stringMatching(`^${start}`) as unknown,
    });
  });
});
