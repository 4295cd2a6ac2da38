import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { toast, Toaster } from 'sonner';
import { vi } from 'vitest';
import messages from '../messages/tr.json';

/** Shows it as the Turkish pages do. A failed reading is not tried again by itself, so that tests need not wait for that. */
export function showPage(page: ReactNode): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  // They are the module's; those of another test are none of this one's.
  toast.dismiss();
  render(
    <NextIntlClientProvider locale="tr" messages={messages} timeZone="Europe/Istanbul">
      <QueryClientProvider client={client}>
        {page}
        <Toaster />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return client;
}

export type Answer = [status: number, body?: unknown];

/** Stands in for the gateway: what it answers to "GET /api/…". Returns the requests that came. */
export function answerAs(gateway: (request: string) => Answer): string[] {
  const requests: string[] = [];
  vi.stubGlobal('fetch', (input: RequestInfo | URL) => {
    const { method, url } = new Request(input);
    const { pathname, search } = new URL(url);
    const request = `${method} ${pathname}${search}`;
    requests.push(request);
    const [status, body] = gateway(request);
    return Promise.resolve(
      new Response(body === undefined ? null : JSON.stringify(body), {
        status,
        headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
      }),
    );
  });
  return requests;
}

export const refusal = (status: number, detail: string, code = 'refused'): Answer => [
  status,
  { type: 'about:blank', title: code, status, code, detail, errors: [], request_id: 'r1' },
];
