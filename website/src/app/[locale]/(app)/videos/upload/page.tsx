import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { UploadScreen } from '@/features/uploads/upload-screen';
import { currentPerson } from '@/lib/server-api';
import { UploadsWithVideos } from './uploads-with-videos';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Nav');
  return { title: t('upload') };
}

export default async function UploadPage() {
  if (!(await currentPerson())) return null;
  return (
    <UploadScreen>
      <UploadsWithVideos />
    </UploadScreen>
  );
}
