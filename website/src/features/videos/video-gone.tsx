import { VideoOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/i18n/navigation';

export function VideoGone() {
  const t = useTranslations('Video.gone');
  return (
    <EmptyState
      isPage
      icon={VideoOff}
      title={t('title')}
      action={
        <Button asChild>
          <Link href="/videos">{t('action')}</Link>
        </Button>
      }
    >
      {t('text')}
    </EmptyState>
  );
}
