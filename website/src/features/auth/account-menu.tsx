'use client';
import type { UserRead } from '@ultrarslanoglu/api-client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown, Keyboard, Languages, LogOut, Settings, SunMoon } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useTheme } from 'next-themes';
import { toast } from 'sonner';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu';
import { usePathname, useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useLogout } from './use-logout';

interface Props {
  user: UserRead;
  /** Only the picture, for the phone's top bar. */
  isSmall?: boolean;
}

export function AccountMenu({ user: initial, isSmall }: Props) {
  const t = useTranslations('Nav');
  const locale = useLocale();
  const router = useRouter();
  const path = usePathname();
  const sentence = useErrorSentence();
  const { resolvedTheme, setTheme } = useTheme();
  const logout = useLogout();
  // A changed name shows here at once; the server's answer is good until somebody changes it.
  const user = useQuery({ ...meQuery(api), enabled: false }).data?.user ?? initial;
  const other = locale === 'tr' ? 'en' : 'tr';

  return (
    <Menu
      label={t('account', { name: user.name })}
      triggerClassName={cn(
        'flex items-center gap-3 rounded-lg text-left text-sm transition-colors hover:bg-raised',
        isSmall ? 'p-1' : 'w-full p-2',
      )}
      className={isSmall ? 'top-16 right-3' : 'bottom-20 left-4'}
      trigger={
        <>
          <span
            aria-hidden
            className="grid size-9 shrink-0 place-items-center rounded-full bg-accent font-semibold text-accent-fg"
          >
            {initialOf(user.name, locale)}
          </span>
          {!isSmall && (
            <>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{user.name}</span>
                <span className="block truncate text-xs text-muted">{user.email}</span>
              </span>
              <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
            </>
          )}
        </>
      }
    >
      <MenuItem onSelect={() => router.push('/settings')}>
        <Settings aria-hidden />
        {t('settings')}
      </MenuItem>
      <MenuItem onSelect={() => setTheme(resolvedTheme === 'dark' ? 'light' : 'dark')}>
        <SunMoon aria-hidden />
        {t('switchTheme')}
      </MenuItem>
      <MenuItem lang={other} onSelect={() => router.replace(path, { locale: other })}>
        <Languages aria-hidden />
        {other === 'en' ? 'English' : 'Türkçe'}
      </MenuItem>
      <MenuItem onSelect={() => window.dispatchEvent(new Event('ultra:shortcuts'))}>
        <Keyboard aria-hidden />
        {t('shortcuts')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        onSelect={() => logout.mutate(undefined, { onError: (error) => void toast.error(sentence(error)) })}
      >
        <LogOut aria-hidden />
        {t('logout')}
      </MenuItem>
    </Menu>
  );
}

const initialOf = (name: string, locale: string) => ([...name.trim()][0] ?? '?').toLocaleUpperCase(locale);
