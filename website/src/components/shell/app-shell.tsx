import type { ReactNode } from 'react';
import { Link } from '@/i18n/navigation';
import { BottomBar } from './bottom-bar';
import { Logo } from './logo';
import { SideMenu } from './side-menu';
import { SkipLink } from './skip-link';

interface Props {
  /** In which workspace one is; it opens the others. */
  workspace: ReactNode;
  account: ReactNode;
  /** What is new; it opens its list. */
  bell: ReactNode;
  /** The same three for the phone's top bar. */
  smallWorkspace: ReactNode;
  smallAccount: ReactNode;
  smallBell: ReactNode;
  /** Stands above the account in the side bar: what is going on in the background. */
  status: ReactNode;
  banner: ReactNode;
  children: ReactNode;
}

export function AppShell({ status, banner, children, ...slots }: Props) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
      <SkipLink />
      <aside className="hidden border-r bg-surface lg:block">
        <div className="sticky top-0 flex h-dvh flex-col gap-5 overflow-y-auto p-4">
          <Link href="/dashboard" className="rounded-lg px-2 pt-1">
            <Logo />
          </Link>
          {slots.workspace}
          <div className="grid gap-1">
            {slots.bell}
            <hr className="my-2" />
            <SideMenu />
          </div>
          <div className="mt-auto grid grid-cols-[minmax(0,1fr)] gap-3">
            {status}
            {slots.account}
          </div>
        </div>
      </aside>
      <div className="flex min-h-dvh flex-col">
        <header className="flex h-16 items-center justify-between border-b bg-surface px-4 lg:hidden">
          <Link href="/dashboard" className="rounded-lg">
            <Logo className="text-lg" />
          </Link>
          <div className="flex items-center gap-1">
            {slots.smallWorkspace}
            {slots.smallBell}
            {slots.smallAccount}
          </div>
        </header>
        {banner}
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto w-full max-w-7xl flex-1 px-4 py-6 pb-28 outline-none sm:px-6 lg:px-10 lg:py-9 lg:pb-12"
        >
          {children}
        </main>
      </div>
      <BottomBar />
    </div>
  );
}
