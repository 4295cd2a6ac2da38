import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { GoneActions } from '@/components/shell/gone-actions';
import { EmptyState } from '@/components/ui/empty-state';

export function JobGone() {
  const t = useTranslations('Jobs.detail.gone');
  return (
    <EmptyState
      isPage
      icon={SearchX}
      title={t('title')}
      action={<GoneActions list="/jobs">{t('action')}</GoneActions>}
    >
      {t('text')}
    </EmptyState>
  );
}
