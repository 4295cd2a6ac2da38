'use client';
import { useLocale } from 'next-intl';
import { Suspense } from 'react';
import { useSearchParams } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { Link, usePathname } from '@/i18n/navigation';

/** Leads to the same page in the other language; it says so in that language. */
export function LanguageLink() {
  return (
    <Suspense>
      <OtherLanguage />
    </Suspense>
  );
}

function OtherLanguage() {
  const other = useLocale() === 'tr' ? 'en' : 'tr';
  const query = useSearchParams().toString();
  const path = usePathname();
  return (
    <Button asChild variant="ghost" size="sm" className="h-11">
      <Link
        href={query ? `${path}?${query}` : path}
        locale={other}
        lang={other}
        hrefLang={other}
        prefetch={false}
        aria-label={other === 'en' ? 'English' : 'Türkçe'}
      >
        <span className="hidden sm:inline">{other === 'en' ? 'English' : 'Türkçe'}</span>
        <span className="sm:hidden">{other === 'en' ? 'EN' : 'TR'}</span>
      </Link>
    </Button>
  );
}
