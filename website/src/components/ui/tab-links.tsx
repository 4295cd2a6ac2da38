'use client';
import type { Scope } from '@ultrarslanoglu/api-client';
import { useEffect, useRef } from 'react';
import { Link, usePathname } from '@/i18n/navigation';
import { activePath } from '@/lib/active-path';
import { cn } from '@/lib/cn';
import { useOpenPlaces } from '@/lib/use-may';
import { LinkWait } from './link-wait';

interface Tab {
  href: string;
  name: string;
  /** What its address keeps besides the path, without the question mark. */
  query?: string;
  /** How many wait behind it; nothing is shown for zero. */
  count?: number;
  /** Somebody whose role does not allow it has no use for the tab, and does not see it. */
  needs?: Scope;
}

interface Props {
  label: string;
  tabs: readonly Tab[];
}

/** Pages that belong together, as links: each has its own address, so Back and a second tab work. */
export function TabLinks({ label, tabs }: Props) {
  const path = usePathname();
  const open = useOpenPlaces(tabs);
  // Of all tabs: an address that no shown tab belongs to marks none.
  const active = activePath(tabs, path);
  const strip = useRef<HTMLElement>(null);
  const counts = open.map(({ count }) => count ?? 0).join();
  useEffect(() => {
    // On a narrow screen the tab that one has come to may stand outside of the view, or be pushed out by a count.
    if (strip.current) showInMiddle(strip.current, strip.current.querySelector('[aria-current]'));
  }, [active, counts]);
  return (
    <nav
      ref={strip}
      aria-label={label}
      className="-mx-4 overflow-x-auto px-4 sm:-mx-6 sm:px-6 lg:mx-0 lg:px-0"
    >
      <ul className="flex min-w-max gap-1 border-b">
        {open.map(({ href, name, query, count }) => (
          <li key={href}>
            <Link
              href={query ? `${href}?${query}` : href}
              aria-current={href === active ? 'page' : undefined}
              className={cn(
                'relative -mb-px flex h-11 items-center gap-2 border-b-2 px-3 text-sm font-medium whitespace-nowrap transition-colors focus-visible:-outline-offset-2',
                href === active
                  ? 'border-primary text-fg'
                  : 'border-transparent text-muted hover:border-input hover:text-fg',
              )}
            >
              {name}
              <LinkWait className="absolute top-1.5 right-0.5 size-3" />
              {count !== undefined && count > 0 && (
                <span className="rounded-full bg-raised px-2 py-0.5 text-xs tabular-nums">{count}</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Sideways only: `scrollIntoView` would also move the page, away from where one is reading. */
function showInMiddle(strip: HTMLElement, tab: Element | null) {
  if (!tab) return;
  const { left, width } = tab.getBoundingClientRect();
  const middle = strip.getBoundingClientRect().left + strip.clientWidth / 2;
  strip.scrollLeft += left + width / 2 - middle;
}
