import { useTranslations } from 'next-intl';

export function SkipLink() {
  const t = useTranslations('Nav');
  return (
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-primary focus:px-4 focus:py-2.5 focus:text-sm focus:font-medium focus:text-primary-fg"
    >
      {t('skip')}
    </a>
  );
}
