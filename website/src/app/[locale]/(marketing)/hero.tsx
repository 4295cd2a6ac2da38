import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { getPathname } from '@/i18n/navigation';
import { StudioPicture } from './studio-picture';

/** Gold on dark red, in both themes. The picture of the product stands half in it and half on the page below. */
export function Hero() {
  const t = useTranslations('Landing');
  const locale = useLocale();
  const login = getPathname({ href: '/login', locale });
  const register = getPathname({ href: '/register', locale });
  return (
    <div className="relative isolate">
      <div
        aria-hidden
        className="absolute inset-x-0 top-0 bottom-24 -z-10 bg-[radial-gradient(80%_90%_at_50%_0%,#8b0000_0%,#6d0000_45%,#430404_100%)] sm:bottom-44"
      />
      <div className="campaign">
        <section className="mx-auto max-w-4xl px-4 pt-34 pb-14 text-center sm:px-6 sm:pt-40 sm:pb-16">
          <p className="text-sm font-medium tracking-wide text-gold-ink">{t('eyebrow')}</p>
          <h1 className="mt-5 font-display text-[2.6rem] leading-[1.15] font-semibold tracking-tight sm:text-6xl sm:leading-[1.12] lg:text-7xl lg:leading-[1.1]">
            {t.rich('headline', { em: (chunks) => <em className="text-gold-ink not-italic">{chunks}</em> })}
          </h1>
          <p className="mx-auto mt-6 max-w-2xl text-lg leading-relaxed text-balance text-muted">
            {t('lead')}
          </p>
          <div className="mt-9 flex flex-wrap justify-center gap-3">
            <Button asChild size="lg">
              <a href={register}>{t('register')}</a>
            </Button>
            <Button asChild size="lg" variant="outline" className="bg-transparent hover:bg-white/10">
              <a href={login}>{t('login')}</a>
            </Button>
          </div>
        </section>
      </div>
      <StudioPicture />
    </div>
  );
}
