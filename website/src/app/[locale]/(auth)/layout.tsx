import { getLocale } from 'next-intl/server';
import { headers } from 'next/headers';
import { PublicFrame } from '@/components/shell/public-frame';
import { redirect } from '@/i18n/navigation';
import { currentPerson } from '@/lib/server-api';

export default async function AuthLayout({ children }: LayoutProps<'/[locale]'>) {
  // A gateway that does not answer must not hide the login page: it will say so itself.
  const me = await currentPerson().catch(() => null);
  if (me) redirect({ href: '/dashboard', locale: await getLocale() });
  return <PublicFrame nonce={(await headers()).get('x-nonce') ?? undefined}>{children}</PublicFrame>;
}
