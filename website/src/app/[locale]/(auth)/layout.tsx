import { getLocale } from 'next-intl/server';
import { headers } from 'next/headers';
import { PublicHeader } from '@/components/shell/public-header';
import { QueryProvider } from '@/components/shell/query-provider';
import { SkipLink } from '@/components/shell/skip-link';
import { Theme } from '@/components/shell/theme';
import { redirect } from '@/i18n/navigation';
import { currentPerson } from '@/lib/server-api';

export default async function AuthLayout({ children }: LayoutProps<'/[locale]'>) {
  // A gateway that does not answer must not hide the login page: it will say so itself.
  const me = await currentPerson().catch(() => null);
  if (me) redirect({ href: '/dashboard', locale: await getLocale() });
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
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
  );
}
