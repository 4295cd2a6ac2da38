import { SearchX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/i18n/navigation';

export function HookGone() {
  const t = useTranslations('Hooks');
  return (
    <EmptyState
      isPage
      icon={SearchX}
      title={t('gone.title')}
      action={
        <Button asChild>
          <Link href="/jobs/hooks">{t('back')}</Link>
        </Button>
      }
    >
      {t('gone.text')}
    </EmptyState>
  );
}
