import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Link } from '@/i18n/navigation';

export function NotFound({ home }: { home: string }) {
  const t = useTranslations('NotFound');
  return (
    <div className="grid min-h-[70dvh] place-content-center justify-items-center gap-3 text-center">
      <p aria-hidden className="font-display text-7xl leading-none font-semibold text-gold-ink">
        404
      </p>
      <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
      <p className="max-w-md text-muted">{t('text')}</p>
      <Button asChild className="mt-3">
        <Link href={home}>{t('action')}</Link>
      </Button>
    </div>
  );
}
