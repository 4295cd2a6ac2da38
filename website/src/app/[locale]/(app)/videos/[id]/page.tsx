import { scenesQuery, videoQuery } from '@ultrarslanoglu/api-client/queries/videos';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { VideoScreen } from '@/features/videos/video-screen';
import { finder } from '@/lib/finder';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

const findVideo = finder(videoQuery);

export async function generateMetadata({ params }: PageProps<'/[locale]/videos/[id]'>): Promise<Metadata> {
  const [{ id }, t] = await Promise.all([params, getTranslations('Nav')]);
  return { title: (await findVideo(id))?.title ?? t('videos') };
}

export default async function VideoPage({ params }: PageProps<'/[locale]/videos/[id]'>) {
  const { id } = await params;
  const video = await findVideo(id);
  if (!(await currentPerson())) return null;
  return (
    <Prefetch
      load={(client, api) => {
        if (video) client.setQueryData(videoQuery(api, id).queryKey, video);
        return video?.status === 'completed' ? [client.prefetchQuery(scenesQuery(api, id))] : [];
      }}
    >
      <VideoScreen id={id} />
    </Prefetch>
  );
}
