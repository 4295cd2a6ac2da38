import type { ReactNode } from 'react';
import { Link } from '@/i18n/navigation';
import { LanguageLink } from './language-link';
import { Logo } from './logo';
import { ThemeSwitch } from './theme-switch';

export const PublicHeader = ({ children }: { children?: ReactNode }) => (
  <header className="mx-auto flex w-full max-w-6xl items-center justify-between gap-3 px-4 py-4 sm:px-6">
    <Link href="/" className="rounded-lg">
      <Logo className="max-[24rem]:text-lg" />
    </Link>
    <div className="flex items-center gap-1">
      <LanguageLink />
      <ThemeSwitch />
      {children}
    </div>
  </header>
);
