'use client';
import { Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { RoleNeeded } from '@/components/ui/role-needed';
import { Link } from '@/i18n/navigation';
import { useMay } from '@/lib/use-may';

/** The way to the page where videos are uploaded, or who may take it. */
export function UploadLink() {
  const t = useTranslations('Videos');
  const may = useMay('video:write');
  if (!may) return <RoleNeeded>{t('whyNot')}</RoleNeeded>;
  return (
    <Button asChild>
      <Link href="/videos/upload">
        <Upload aria-hidden />
        {t('upload')}
      </Link>
    </Button>
  );
}
