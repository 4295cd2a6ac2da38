/** What the address of a sign-in page says about where to go afterwards. Anybody may have written it. */
import { getLocale } from 'next-intl/server';
import { providerFrom, type Destination } from '@/features/auth/destination';
import { getPathname } from '@/i18n/navigation';
import { safeNextPath } from '@/lib/next-path';

export type Query = Record<string, string | string[] | undefined>;

export async function destinationFrom({ next, link }: Query): Promise<Destination> {
  const home = getPathname({ href: '/dashboard', locale: await getLocale() });
  return { next: next ? safeNextPath(next) : home, link: providerFrom(link) };
}

/** One text of the address; somebody may have given several. */
export const oneOf = (value: Query[string]) => (typeof value === 'string' ? value : '');
