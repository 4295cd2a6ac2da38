import { useTranslations } from 'next-intl';
import { Logo } from '@/components/shell/logo';

export function Footer() {
  const t = useTranslations('Landing');
  return (
    <footer className="border-t">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-4 px-4 py-8 text-sm text-muted sm:px-6">
        <Logo className="text-base text-fg" />
        <p>{t('footer')}</p>
      </div>
    </footer>
  );
}
