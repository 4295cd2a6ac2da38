import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/i18n/navigation';

export function JobGone() {
  const t = useTranslations('Jobs.detail.gone');
  return (
    <EmptyState
      isPage
      icon={SearchX}
      title={t('title')}
      action={
        <Button asChild>
          <Link href="/jobs">{t('action')}</Link>
        </Button>
      }
    >
      {t('text')}
    </EmptyState>
  );
}
