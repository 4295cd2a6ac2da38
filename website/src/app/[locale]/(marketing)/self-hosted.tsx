import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { getPathname } from '@/i18n/navigation';

export function SelfHosted() {
  const t = useTranslations('Landing');
  const locale = useLocale();
  return (
    <section className="mx-auto grid max-w-6xl items-center gap-8 px-4 py-20 sm:px-6 sm:py-28 lg:grid-cols-2">
      <div>
        <h2 className="font-display text-3xl leading-snug font-semibold sm:text-4xl">{t('hostTitle')}</h2>
        <p className="mt-2 max-w-xl text-lg leading-relaxed text-muted">{t('hostText')}</p>
        <Button asChild className="mt-6">
          <a href={getPathname({ href: '/register', locale })}>{t('register')}</a>
        </Button>
      </div>
      <pre className="overflow-x-auto rounded-card border border-[#3a2a27] bg-[#1b1312] p-6 text-base text-[#f7f1e8]">
        <code>
          <span aria-hidden className="text-[#ffd700] select-none">
            ${' '}
          </span>
          ./ultra up
        </code>
      </pre>
    </section>
  );
}
