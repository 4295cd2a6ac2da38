// @vitest-environment node
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unstable_doesMiddlewareMatch as doesProxyMatch } from 'next/experimental/testing/server';
import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import proxy, { config } from './proxy';

let server: Server;
let asked: string[];
let status: number;

beforeEach(async () => {
  asked = [];
  status = 200;
  server = createServer((request, reply) => {
    asked.push(`${request.method} ${request.url} ${request.headers.cookie} ${request.headers.origin}`);
    reply.setHeader('set-cookie', ['ultra_3001_at=new; Path=/', 'ultra_3001_rt=next; Path=/']);
    reply.writeHead(status).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('GATEWAY_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('ULTRA_WEBSITE_PORT', '3001');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  vi.unstubAllEnvs();
});

/** A token of its own for each test, because answers are remembered for a while. */
let count = 0;
const refreshCookie = () => `ultra_3001_rt=token-${(count += 1)}`;

const visit = (path: string, cookie = '') =>
  proxy(new NextRequest(`http://localhost:3001${path}`, { headers: { cookie, host: 'localhost:3001' } }));
const locationOf = (response: Response) =>
  response.headers.get('location')?.replace('http://localhost:3001', '');

describe('a stranger', () => {
  test.each([
    ['/dashboard', '/login?next=%2Fdashboard'],
    ['/en/videos?status=failed', '/en/login?next=%2Fen%2Fvideos%3Fstatus%3Dfailed'],
    ['/unsubscribe/a/b', '/login?next=%2Funsubscribe%2Fa%2Fb'],
    ['/something-new', '/login?next=%2Fsomething-new'],
  ])('is led from %s to the login page', async (path, login) => {
    expect(locationOf(await visit(path))).toBe(login);
    expect(asked).toEqual([]);
  });

  test.each(['/', '/en', '/login', '/en/register', '/unsubscribe/a.b', '/en/unsubscribe/a.b'])(
    'may see %s',
    async (path) => {
      expect(locationOf(await visit(path))).toBeUndefined();
    },
  );
});

describe('somebody whose access token has run out', () => {
  test('gets new cookies, and the page sees them as well', async () => {
    const cookie = refreshCookie();
    const response = await visit('/dashboard', cookie);
    expect(locationOf(response)).toBeUndefined();
    expect(asked).toEqual([`POST /api/auth/refresh ${cookie} http://localhost:3001`]);
    expect(response.headers.getSetCookie()).toEqual([
      'ultra_3001_at=new; Path=/',
      'ultra_3001_rt=next; Path=/',
    ]);
    expect(response.headers.get('x-middleware-request-cookie')).toContain('ultra_3001_at=new');
  });

  test('is renewed once, however many pages are asked for at the same time', async () => {
    const cookie = refreshCookie();
    const responses = await Promise.all(
      ['/dashboard', '/videos', '/settings'].map((path) => visit(path, cookie)),
    );
    expect(asked).toHaveLength(1);
    expect(responses.map((response) => response.headers.getSetCookie().length)).toEqual([2, 2, 2]);
  });

  test('has to sign in when the gateway refuses', async () => {
    status = 401;
    expect(locationOf(await visit('/dashboard', refreshCookie()))).toBe('/login?next=%2Fdashboard');
  });
});

test('a valid access token is left alone', async () => {
  await visit('/dashboard', `ultra_3001_at=valid; ${refreshCookie()}`);
  expect(asked).toEqual([]);
});

describe('an installation with a certificate', () => {
  beforeEach(() => vi.stubEnv('ULTRA_PUBLIC_URL', 'https://ultra.example'));

  test('reads the guarded cookies', async () => {
    expect(locationOf(await visit('/dashboard', '__Host-ultra_at=valid'))).toBeUndefined();
    expect(locationOf(await visit('/dashboard', 'ultra_3001_at=valid'))).toBe('/login?next=%2Fdashboard');
  });

  test('keeps those signed in who were so before it had one', async () => {
    const cookie = refreshCookie();
    await visit('/dashboard', cookie);
    expect(asked).toEqual([`POST /api/auth/refresh ${cookie} http://localhost:3001`]);
  });

  test('asks for https from then on', async () => {
    const { headers } = await visit('/login');
    expect(headers.get('strict-transport-security')).toContain('max-age=31536000');
    expect(headers.get('content-security-policy')).toContain('upgrade-insecure-requests');
  });
});

describe('the policy for scripts', () => {
  test('says where browsers report to', async () => {
    const { headers } = await visit('/login');
    expect(headers.get('content-security-policy')).toContain('report-to csp; report-uri /api/csp-reports');
    expect(headers.get('reporting-endpoints')).toBe('csp="/api/csp-reports"');
    expect(headers.get('strict-transport-security')).toBeNull();
  });

  test('has a nonce of its own for every page of the app', async () => {
    const policies = await Promise.all([visit('/login'), visit('/login')]);
    const [one, other] = policies.map((response) => response.headers.get('content-security-policy'));
    expect(one).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/);
    expect(one).not.toBe(other);
  });

  test('allows the inline scripts of the landing page, which is built once', async () => {
    const policy = (await visit('/')).headers.get('content-security-policy');
    expect(policy).toContain("script-src 'self' 'unsafe-inline'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});

test.each([
  ['/', true],
  ['/dashboard', true],
  ['/en/videos/1', true],
  ['/apiary', true],
  ['/api/video/uploads', false],
  ['/_next/static/a.js', false],
  ['/icon.svg', false],
  ['/service-worker.js', false],
  ['/unsubscribe/key.mac', true],
  ['/en/unsubscribe/key.mac', true],
])('runs for %s: %s', (url, expected) => {
  expect(doesProxyMatch({ config, url })).toBe(expected);
});
