// @vitest-environment node
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';

const code = readFileSync(new URL('../public/service-worker.js', import.meta.url), 'utf8');
const origin = 'https://video.example.com';

interface Page {
  focused: boolean;
  visibilityState: string;
  focus: () => Promise<unknown>;
  postMessage: (message: unknown, ports: MessagePort[]) => void;
}

let pages: Page[];
let subscribe: ReturnType<typeof vi.fn>;
let listeners: Record<string, (event: object) => void>;
const showNotification = vi.fn<(title: string, options: NotificationOptions) => Promise<void>>();
const openWindow = vi.fn(async (address: string) => address);
/** Stands for the gateway, which gives a CSRF token to whoever asks. */
const send = vi.fn<(url: string, request?: RequestInit) => Promise<Response>>(async () =>
  Response.json({ token: 'c' }),
);

/** Stands for the browser around the worker: what the worker may ask of it, and nothing else. */
beforeEach(() => {
  pages = [];
  listeners = {};
  subscribe = vi.fn();
  vi.clearAllMocks();
  const self = {
    location: new URL(origin),
    addEventListener: (name: string, listener: (event: object) => void) => (listeners[name] = listener),
    skipWaiting: vi.fn(),
    registration: { showNotification, pushManager: { subscribe } },
    clients: { matchAll: async () => pages, openWindow, claim: vi.fn() },
  };
  new Function('self', 'navigator', 'fetch', code)(self, { language: 'tr-TR' }, send);
});

async function happen(name: string, event: object) {
  const work: Promise<unknown>[] = [];
  listeners[name]?.({ ...event, waitUntil: (promise: Promise<unknown>) => work.push(promise) });
  await Promise.all(work);
}

const push = (text: string | null) =>
  happen('push', { data: text === null ? null : { json: () => JSON.parse(text) as unknown } });
const click = (data: unknown) => happen('notificationclick', { notification: { close: vi.fn(), data } });
const shown = () => ({ title: showNotification.mock.lastCall?.[0], ...showNotification.mock.lastCall?.[1] });

/** An open page of the app answers; any other page, or one that sleeps, does not. */
function openPage({ answers = true, focused = false } = {}) {
  const page = {
    focused,
    visibilityState: 'visible',
    focus: vi.fn(async () => undefined),
    postMessage: vi.fn((_message: unknown, [port]: MessagePort[]) => {
      if (answers) port?.postMessage('accepted');
      port?.close();
    }),
  };
  pages.push(page);
  return page;
}

const message = {
  id: 'n1',
  kind: 'video.ready',
  title: 'Videonuz hazır',
  body: '“Tanıtım” izlenmeye hazır.',
  href: '/videos/v1',
  lang: 'tr',
  tag: 'n1',
};

describe('a push message', () => {
  test('is shown with what it says, and remembers where it leads', async () => {
    await push(JSON.stringify(message));
    expect(shown()).toMatchObject({
      title: 'Videonuz hazır',
      body: '“Tanıtım” izlenmeye hazır.',
      lang: 'tr',
      tag: 'n1',
      silent: false,
      data: { id: 'n1', lang: 'tr', href: '/videos/v1' },
    });
  });

  test.each([null, '', 'no json', 'null', '[1]', '{"title":5}', '{"body":"alone"}'])(
    'that is %o is shown all the same, as the browser insists',
    async (text) => {
      await push(text);
      expect(shown()).toMatchObject({ title: 'Ultrarslanoğlu', body: 'Yeni bir bildiriminiz var.' });
      expect(shown().data).toMatchObject({ href: '/notifications' });
    },
  );

  test.each([
    ['/videos/v1?scene=2#t', '/videos/v1?scene=2#t'],
    ['https://example.com/note', 'https://example.com/note'],
    [`${origin}/jobs/j1`, '/jobs/j1'],
    ['//evil.example/x', '/notifications'],
    ['/\\\\evil.example/x', '/notifications'],
    ['javascript:alert(1)', '/notifications'],
    ['videos', '/notifications'],
    [7, '/notifications'],
  ])('that leads to %o leads to %o', async (href, expected) => {
    await push(JSON.stringify({ ...message, href }));
    expect(shown().data).toMatchObject({ href: expected });
  });

  test('makes no sound for somebody who is looking at the site, unless it is a test', async () => {
    openPage({ focused: true });
    await push(JSON.stringify(message));
    expect(shown().silent).toBe(true);
    await push(JSON.stringify({ ...message, kind: 'test' }));
    expect(shown().silent).toBe(false);
  });
});

describe('a click', () => {
  test('lets the open page go there by itself', async () => {
    const page = openPage();
    await click({ id: 'n1', lang: 'tr', href: '/videos/v1' });
    const [sent] = page.postMessage.mock.lastCall ?? [];
    expect(sent).toEqual({ type: 'ultra:open', id: 'n1', href: '/videos/v1' });
    expect(page.focus).toHaveBeenCalledOnce();
    expect(openWindow).not.toHaveBeenCalled();
  });

  test('asks the page first that somebody is looking at', async () => {
    const other = openPage();
    const focused = openPage({ focused: true });
    await click({ id: 'n1', lang: 'tr', href: '/videos/v1' });
    expect(focused.focus).toHaveBeenCalledOnce();
    expect(other.postMessage).not.toHaveBeenCalled();
  });

  test('opens a page in the language of the message when none answers', async () => {
    openPage({ answers: false });
    await click({ id: 'n1', lang: 'en', href: '/videos/v1' });
    expect(openWindow).toHaveBeenCalledExactlyOnceWith(`${origin}/en/videos/v1#notification=n1`);
  });

  test('opens the other site that a note leads to', async () => {
    openPage();
    await click({ id: 'n1', lang: 'tr', href: 'https://example.com/note' });
    expect(openWindow).toHaveBeenCalledExactlyOnceWith('https://example.com/note');
  });

  test('leads to the list when nothing is known', async () => {
    await click(null);
    expect(openWindow).toHaveBeenCalledExactlyOnceWith(`${origin}/notifications`);
  });
});

test('a new address of the push service is told to the gateway', async () => {
  const options = { userVisibleOnly: true };
  const keys = { p256dh: 'k', auth: 'a' };
  subscribe.mockResolvedValue({
    toJSON: () => ({ endpoint: 'https://push.example.com/2', keys, expirationTime: null }),
  });
  await happen('pushsubscriptionchange', { oldSubscription: { options } });
  expect(subscribe).toHaveBeenCalledWith(options);
  const [address, request] = send.mock.lastCall ?? [];
  expect(address).toBe('/api/notifications/push/subscriptions');
  expect(new Headers(request?.headers).get('X-CSRF-Token')).toBe('c');
  expect(JSON.parse(String(request?.body))).toEqual({ endpoint: 'https://push.example.com/2', keys });
});

test('nobody is told by a browser that is not signed in any more', async () => {
  subscribe.mockResolvedValue({ toJSON: () => ({ endpoint: 'https://push.example.com/2', keys: {} }) });
  send.mockResolvedValueOnce(new Response(null, { status: 401 }));
  await happen('pushsubscriptionchange', { oldSubscription: { options: {} } });
  expect(send).toHaveBeenCalledExactlyOnceWith('/api/auth/csrf');
});

test('it never answers requests, so pages always come from the server', () => {
  expect(Object.keys(listeners)).not.toContain('fetch');
});
