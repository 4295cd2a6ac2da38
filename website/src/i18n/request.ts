import { hasLocale } from 'next-intl';
import { getRequestConfig } from 'next-intl/server';
import { routing } from './routing';

export default getRequestConfig(async ({ requestLocale }) => {
  const requested = await requestLocale;
  const locale = hasLocale(routing.locales, requested) ? requested : routing.defaultLocale;
  return {
    locale,
    // A fixed zone keeps the server's text and the browser's the same.
    timeZone: 'Europe/Istanbul',
    messages: (await import(`../../messages/${locale}.json`)).default,
  };
});
