'use client';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { usePathname, useRouter } from '@/i18n/navigation';
import { looksLikeVideo } from './accepted-files';
import { addFiles } from './upload-store';

/** Starts uploading and goes to where it can be watched. */
export function useAddFiles() {
  const t = useTranslations('Uploads');
  const router = useRouter();
  const path = usePathname();
  return (files: readonly File[]) => {
    const videos = files.filter(looksLikeVideo);
    const others = files.length - videos.length;
    if (others > 0) toast.error(t('notVideo', { count: others }));
    if (videos.length === 0) return;
    addFiles(videos);
    if (path !== '/videos/upload') router.push('/videos/upload');
  };
}
