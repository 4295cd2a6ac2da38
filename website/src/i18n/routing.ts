import { defineRouting } from 'next-intl/routing';

/** Turkish at `/`, English at `/en`. The address decides, not the browser's language: a link shows everybody the same page. */
export const routing = defineRouting({
  locales: ['tr', 'en'],
  defaultLocale: 'tr',
  localePrefix: 'as-needed',
  localeDetection: false,
  // Nothing would read it: the address says the language.
  localeCookie: false,
});
