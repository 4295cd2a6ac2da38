import { workspaceKeys } from '@ultrarslanoglu/api-client/queries/workspaces';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NextIntlClientProvider } from 'next-intl';
import { beforeEach, expect, test, vi } from 'vitest';
import messages from '../../../messages/tr.json';
import { GoneActions } from './gone-actions';

/** A browser knows where it is; Node's requests want whole addresses. */
vi.hoisted(() => {
  const Whole = globalThis.Request;
  globalThis.Request = class extends Whole {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, 'http://localhost') : input, init);
    }
  };
});

let search = '';
vi.mock('next/navigation', async (original) => ({
  ...(await original<object>()),
  useSearchParams: () => new URLSearchParams(search),
  usePathname: () => '/videos/1',
  useParams: () => ({}),
}));

const enterWorkspace = vi.hoisted(() => vi.fn());
/** The browser's own way to another page, which a test does not have. */
vi.mock('@/lib/session/enter-workspace', () => ({ enterWorkspace }));

const workspace = (id: string, name: string, more = {}) => ({
  id,
  name,
  role: 'editor',
  members: 2,
  created_at: '2026-11-23T10:00:00Z',
  removed_at: null,
  is_current: false,
  ...more,
});

function show(address: string) {
  search = address;
  window.history.replaceState(null, '', `/videos/1${address}`);
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  client.setQueryData(workspaceKeys.mine, {
    items: [
      workspace('w1', 'Burası', { is_current: true }),
      workspace('w2', 'Kanal B'),
      workspace('w3', 'Silinen', { removed_at: '2026-11-30T10:00:00Z' }),
    ],
  });
  render(
    <QueryClientProvider client={client}>
      <NextIntlClientProvider locale="tr" messages={messages} timeZone="Europe/Istanbul">
        <GoneActions list="/videos">Videolara dön</GoneActions>
      </NextIntlClientProvider>
    </QueryClientProvider>,
  );
}

const offer = () => screen.queryByRole('button');

beforeEach(() => {
  vi.unstubAllGlobals();
  enterWorkspace.mockClear();
});

test('a link that speaks of another workspace of this person leads there, to the same page', async () => {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return Response.json({});
  });
  show('?workspace=w2');
  await userEvent.setup().click(screen.getByRole('button', { name: '“Kanal B” alanına geç ve aç' }));
  await waitFor(() => expect(enterWorkspace).toHaveBeenCalledWith('/videos/1?workspace=w2'));
  expect(asked).toContain('POST /api/workspaces/w2/switch');
});

test.each(['', '?workspace=w1', '?workspace=w3', '?workspace=of-others'])(
  'otherwise there is only the way back (%s)',
  (address) => {
    show(address);
    expect(offer()).toBeNull();
    expect(screen.getByRole('link', { name: 'Videolara dön' })).toHaveAttribute('href', '/videos');
  },
);
