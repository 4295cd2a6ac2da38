'use client';
import { QueryCache, QueryClient, QueryClientProvider, MutationCache } from '@tanstack/react-query';
import { isWorthRetrying, NotSignedIn } from '@ultrarslanoglu/api-client/errors';
import { useState, type ReactNode } from 'react';
import { goToLogin } from '@/lib/session/leave';

/** These belong to signing in itself; their pages say what to do. */
const saidInPlace = new Set(['wrong_credentials', 'pending_sign_in_ended']);

/** One cache for server state. Whoever turns out to be signed out is led to the login page, and back afterwards. */
export function QueryProvider({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function createQueryClient() {
  const onError = (error: unknown) => {
    if (error instanceof NotSignedIn && !saidInPlace.has(error.code)) goToLogin();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
      },
    },
  });
}
