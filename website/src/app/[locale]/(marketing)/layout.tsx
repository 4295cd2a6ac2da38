import type { Locale } from 'next-intl';
import { setRequestLocale } from 'next-intl/server';
import { SkipLink } from '@/components/shell/skip-link';
import { Theme } from '@/components/shell/theme';

/** Built once, so without a nonce; its links into the app load a full page, which brings the stricter policy (docs/decisions/0006). */
export default async function MarketingLayout({ children, params }: LayoutProps<'/[locale]'>) {
  setRequestLocale((await params).locale as Locale);
  return (
    <Theme>
      <SkipLink />
      {children}
    </Theme>
  );
}
