'use client';
import { FolderX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/i18n/navigation';

export function ProjectGone() {
  const t = useTranslations('Project.gone');
  return (
    <EmptyState
      isPage
      icon={FolderX}
      title={t('title')}
      action={
        <Button asChild>
          <Link href="/projects">{t('action')}</Link>
        </Button>
      }
    >
      {t('text')}
    </EmptyState>
  );
}
