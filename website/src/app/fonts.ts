import { GeistSans } from 'geist/font/sans';
import localFont from 'next/font/local';

const fraunces = localFont({
  src: '../../../node_modules/@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2',
  variable: '--font-fraunces',
  weight: '100 900',
  adjustFontFallback: 'Times New Roman',
});
// ğ, ş and İ live in a file of their own. It stands first in the font list and speaks for these characters only;
// a metric fallback for it would swallow them.
const frauncesExtended = localFont({
  src: '../../../node_modules/@fontsource-variable/fraunces/files/fraunces-latin-ext-wght-normal.woff2',
  variable: '--font-fraunces-ext',
  weight: '100 900',
  adjustFontFallback: false,
  declarations: [
    {
      prop: 'unicode-range',
      value: 'U+0100-0130,U+0132-0151,U+0154-02BA,U+1E00-1E9F,U+20A0-20AB,U+20AD-20C0',
    },
  ],
});

export const fontClasses = `${GeistSans.variable} ${fraunces.variable} ${frauncesExtended.variable}`;
