import { NextIntlClientProvider } from 'next-intl';
import type { ReactNode } from 'react';
import { PublicHeader } from './public-header';
import { QueryProvider } from './query-provider';
import { SkipLink } from './skip-link';
import { Theme } from './theme';

interface Props {
  nonce: string | undefined;
  children: ReactNode;
}

/** A page for people who are not signed in: one card in the middle. */
export const PublicFrame = ({ nonce, children }: Props) => (
  <NextIntlClientProvider>
    <Theme nonce={nonce}>
      <QueryProvider>
        <div className="relative isolate flex min-h-dvh flex-col">
          <div
            aria-hidden
            className="absolute inset-x-0 top-0 -z-10 h-[36rem] bg-[radial-gradient(50%_60%_at_50%_0%,color-mix(in_oklab,#8b0000_var(--glow),transparent),transparent)]"
          />
          <SkipLink />
          <PublicHeader />
          <main
            id="main"
            tabIndex={-1}
            className="grid flex-1 place-items-center px-4 pt-6 pb-20 outline-none"
          >
            {children}
          </main>
        </div>
      </QueryProvider>
    </Theme>
  </NextIntlClientProvider>
);
