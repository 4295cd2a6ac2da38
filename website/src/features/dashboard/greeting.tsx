'use client';
import { useTranslations } from 'next-intl';
import { Upload } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { Link } from '@/i18n/navigation';
import { useMay } from '@/lib/use-may';

export function Greeting({ name }: { name: string }) {
  const t = useTranslations('Dashboard');
  const may = useMay('video:write');
  return (
    <header className="flex flex-wrap items-center justify-between gap-4">
      <div className="min-w-0">
        <h1 className="font-display text-3xl leading-snug font-semibold break-words">
          {t('greeting', { name: name.split(' ')[0] ?? name })}
        </h1>
        <p className="mt-1 text-muted">{t('lead')}</p>
      </div>
      {may && (
        <Button asChild>
          <Link href="/videos/upload">
            <Upload aria-hidden />
            {t('upload')}
          </Link>
        </Button>
      )}
    </header>
  );
}
