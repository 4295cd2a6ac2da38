import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DropZone } from '@/features/uploads/drop-zone';
import { InterruptedUploads } from '@/features/uploads/interrupted-uploads';
import { currentPerson } from '@/lib/server-api';
import { UploadsWithVideos } from './uploads-with-videos';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Nav');
  return { title: t('upload') };
}

export default async function UploadPage() {
  const [me, t] = await Promise.all([currentPerson(), getTranslations('Uploads')]);
  if (!me) return null;
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-8">
      <header>
        <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
        <p className="mt-1 text-muted">{t('lead')}</p>
      </header>
      <DropZone title={t('dropTitle')} text={t('dropText')} />
      <InterruptedUploads />
      <UploadsWithVideos />
    </div>
  );
}
