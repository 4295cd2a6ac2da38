'use client';
import { FolderX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { GoneActions } from '@/components/shell/gone-actions';
import { EmptyState } from '@/components/ui/empty-state';

export function ProjectGone() {
  const t = useTranslations('Project.gone');
  return (
    <EmptyState
      isPage
      icon={FolderX}
      title={t('title')}
      action={<GoneActions list="/projects">{t('action')}</GoneActions>}
    >
      {t('text')}
    </EmptyState>
  );
}
