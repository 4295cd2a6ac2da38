import '../globals.css';
import type { Metadata, Viewport } from 'next';
import { hasLocale, NextIntlClientProvider } from 'next-intl';
import { getMessages, getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { routing } from '@/i18n/routing';
import { fontClasses } from '../fonts';

export const viewport: Viewport = {
  // For the moment in which nothing of the page is there yet.
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: dark)', color: '#120c0b' },
    { media: '(prefers-color-scheme: light)', color: '#fbf8f3' },
  ],
};

export const generateStaticParams = () => routing.locales.map((locale) => ({ locale }));

export async function generateMetadata({ params }: LayoutProps<'/[locale]'>): Promise<Metadata> {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) return {};
  const t = await getTranslations({ locale, namespace: 'Meta' });
  return {
    title: { default: t('title'), template: `%s · Ultrarslanoğlu` },
    description: t('description'),
  };
}

export default async function LocaleLayout({ children, params }: LayoutProps<'/[locale]'>) {
  const { locale } = await params;
  if (!hasLocale(routing.locales, locale)) notFound();
  setRequestLocale(locale);
  return (
    // The theme's class is set by a script before the first paint, so the server cannot know it.
    <html lang={locale} className={fontClasses} suppressHydrationWarning>
      <body className="min-h-dvh">
        <NextIntlClientProvider messages={await fewMessages()}>{children}</NextIntlClientProvider>
      </body>
    </html>
  );
}

/** What the landing page, errors and missing pages say in the browser. Forms and the app bring all texts, which weigh more than such a page. */
async function fewMessages() {
  const { Common, ErrorPage, Errors, Nav, NotFound, Notifications } = await getMessages();
  return { Common, ErrorPage, Errors, Nav, NotFound, Notifications: { toasts: Notifications.toasts } };
}
