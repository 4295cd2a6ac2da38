import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { scenesQuery, videoQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { QueryClient } from '@tanstack/react-query';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { VideoScreen } from '@/features/videos/video-screen';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson, serverApi } from '@/lib/server-api';

/** Asked once for the title and for the page. */
const findVideo = cache(async (id: string) => {
  if (!(await currentPerson())) return null;
  try {
    return await new QueryClient().fetchQuery({ ...videoQuery(await serverApi(), id), retry: false });
  } catch (error) {
    if (error instanceof NotFound) notFound();
    return null;
  }
});

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
