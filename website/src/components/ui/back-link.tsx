import { ChevronLeft } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Link } from '@/i18n/navigation';

/** From a page about one thing back to the list that it stands in. */
export const BackLink = ({ href, children }: Pick<ComponentProps<typeof Link>, 'href' | 'children'>) => (
  <Link
    href={href}
    className="-ml-1 inline-flex items-center gap-1 justify-self-start rounded px-1 py-1 text-sm text-muted hover:text-fg"
  >
    <ChevronLeft aria-hidden className="size-4" />
    {children}
  </Link>
);
