'use client';
import { useTranslations } from 'next-intl';
import { Progress } from '@/components/ui/progress';
import { Link } from '@/i18n/navigation';
import { useReadable } from '@/lib/use-readable';
import { isActive } from './upload-item';
import { useUploads } from './use-uploads';

/** In the side bar, while anything is on its way. */
export function UploadStatus() {
  const t = useTranslations('Uploads');
  const readable = useReadable();
  const active = useUploads().filter(isActive);
  if (active.length === 0) return null;
  const size = active.reduce((sum, item) => sum + item.size, 0);
  const sent = active.reduce((sum, item) => sum + item.sent, 0);
  const percent = size === 0 ? 0 : (sent / size) * 100;
  return (
    <Link href="/videos/upload" className="grid gap-2 rounded-lg border bg-raised p-3 text-sm">
      <span className="flex justify-between gap-2">
        <span className="font-medium">{t('running', { count: active.length })}</span>
        <span className="text-muted tabular-nums">{readable.percent(percent)}</span>
      </span>
      <Progress value={percent} label={t('running', { count: active.length })} />
    </Link>
  );
}
