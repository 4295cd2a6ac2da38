'use client';
import { FolderX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/i18n/navigation';

export function ProjectGone() {
  const t = useTranslations('Project.gone');
  return (
    <div className="grid grid-cols-1 gap-6">
      <h1 className="sr-only">{t('title')}</h1>
      <EmptyState
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
    </div>
  );
}
