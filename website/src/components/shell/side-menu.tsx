'use client';
import { useTranslations } from 'next-intl';
import { Link, usePathname } from '@/i18n/navigation';
import { LinkWait } from '@/components/ui/link-wait';
import { cn } from '@/lib/cn';
import { activePlace, useMenu } from './navigation';

export function SideMenu() {
  const t = useTranslations('Nav');
  const active = activePlace(usePathname());
  const places = useMenu();
  return (
    <nav aria-label={t('main')} className="grid gap-1">
      {places.map(({ href, name, icon: Icon }) => (
        <Link
          key={href}
          href={href}
          aria-current={href === active ? 'page' : undefined}
          className={cn(
            'flex min-h-11 items-center gap-3 rounded-lg px-3 text-sm font-medium transition-colors',
            href === active ? 'bg-accent text-accent-fg' : 'text-muted hover:bg-raised hover:text-fg',
          )}
        >
          <Icon aria-hidden className="size-[1.125rem]" />
          {t(name)}
          <LinkWait className="ml-auto" />
        </Link>
      ))}
    </nav>
  );
}
