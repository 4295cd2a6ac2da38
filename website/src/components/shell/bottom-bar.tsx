'use client';
import { useTranslations } from 'next-intl';
import { Link, usePathname } from '@/i18n/navigation';
import { LinkWait } from '@/components/ui/link-wait';
import { cn } from '@/lib/cn';
import { activePlace, useMenu } from './navigation';

/** The menu of narrow screens, in reach of the thumb. */
export function BottomBar() {
  const t = useTranslations('Nav');
  const active = activePlace(usePathname());
  const places = useMenu();
  return (
    <nav
      aria-label={t('main')}
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {places.map(({ href, name, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={href === active ? 'page' : undefined}
          className={cn(
            'grid h-16 place-content-center justify-items-center gap-1 text-[0.6875rem] leading-normal font-medium min-[400px]:text-xs',
            href === active ? 'text-link' : 'text-muted',
          )}
        >
          <span
            className={cn('relative rounded-full px-3.5 py-1', href === active && 'bg-accent text-accent-fg')}
          >
            <Icon aria-hidden className="size-5" />
            <LinkWait className="absolute top-1 right-1" />
          </span>
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
