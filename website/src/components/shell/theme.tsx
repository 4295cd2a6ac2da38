'use client';
import { useTranslations } from 'next-intl';
import { ThemeProvider, useTheme } from 'next-themes';
import { useLayoutEffect, type ReactNode } from 'react';
import { Toaster } from 'sonner';

interface Props {
  /** Lets the small script that picks the theme before the first paint pass the page's policy. */
  nonce?: string | undefined;
  defaultTheme?: string;
  children: ReactNode;
}

export function Theme({ nonce, defaultTheme = 'system', children }: Props) {
  const t = useTranslations('Notifications');
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme={defaultTheme}
      enableSystem
      disableTransitionOnChange
      {...(nonce ? { nonce } : {})}
    >
      <BeforeFirstPaint />
      {children}
      <Toaster
        containerAriaLabel={t('toasts')}
        position="bottom-right"
        mobileOffset={{ bottom: '5.5rem' }}
        toastOptions={{
          classNames: { description: 'text-muted!' },
          style: {
            background: 'var(--surface)',
            color: 'var(--fg)',
            borderColor: 'var(--border)',
            // Sonner brings a font of its own, so the page's cannot be inherited.
            fontFamily: 'var(--font-sans)',
            fontSize: '0.875rem',
          },
          actionButtonStyle: {
            background: 'var(--primary)',
            color: 'var(--primary-fg)',
            height: '2.25rem',
            paddingInline: '0.875rem',
            borderRadius: '0.5rem',
            fontSize: '0.875rem',
          },
        }}
      />
    </ThemeProvider>
  );
}

/** A page that was not found is rendered by the browser alone, where no script of the page runs before: it would be light for a moment. */
function BeforeFirstPaint() {
  const { resolvedTheme } = useTheme();
  useLayoutEffect(() => {
    const { classList } = document.documentElement;
    if (resolvedTheme && !classList.contains('dark') && !classList.contains('light'))
      classList.add(resolvedTheme);
  }, [resolvedTheme]);
  return null;
}
