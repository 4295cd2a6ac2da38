import { useLocale, useTranslations } from 'next-intl';
import { PublicHeader } from '@/components/shell/public-header';
import { Button } from '@/components/ui/button';
import { getPathname } from '@/i18n/navigation';

/** Lies on the hero's red ground without being part of it. */
export function LandingHeader() {
  const t = useTranslations('Nav');
  const locale = useLocale();
  return (
    <div className="campaign absolute inset-x-0 top-0 z-10">
      <PublicHeader>
        <Button asChild size="sm" className="ml-1 h-11 max-sm:hidden">
          <a href={getPathname({ href: '/login', locale })}>{t('login')}</a>
        </Button>
      </PublicHeader>
    </div>
  );
}
