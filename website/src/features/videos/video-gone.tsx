import { VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { GoneActions } from '@/components/shell/gone-actions';
import { EmptyState } from '@/components/ui/empty-state';

export function VideoGone() {
  const t = useTranslations('Video.gone');
  return (
    <EmptyState
      isPage
      icon={VideoOff}
      title={t('title')}
      action={<GoneActions list="/videos">{t('action')}</GoneActions>}
    >
      {t('text')}
    </EmptyState>
  );
}
