import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { GoneActions } from '@/components/shell/gone-actions';
import { EmptyState } from '@/components/ui/empty-state';

export function HookGone() {
  const t = useTranslations('Hooks');
  return (
    <EmptyState
      isPage
      icon={SearchX}
      title={t('gone.title')}
      action={<GoneActions list="/jobs/hooks">{t('back')}</GoneActions>}
    >
      {t('gone.text')}
    </EmptyState>
  );
}
