'use client';
import { videoQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { useQuery } from '@tanstack/react-query';
import { PageNotLoaded } from '@/components/shell/page-not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { Facts } from './facts';
import { StoppedPanel } from './stopped-panel';
import { ProcessingPanel } from './processing-panel';
import { VideoGone } from './video-gone';
import { VideoHeader } from './video-header';
import { VideoWarnings } from './video-warnings';
import { Watch } from './watch';
import { isUnderWay } from './video-state';

/** Everything about one video; what stands in the middle depends on how far it is. */
export function VideoScreen({ id }: { id: string }) {
  const query = useQuery(videoQuery(api, id));
  const video = query.data;
  if (query.error instanceof NotFound) return <VideoGone />;
  if (!video) {
    return (
      <PageNotLoaded query={query}>
        <Skeleton className="aspect-video w-full" />
      </PageNotLoaded>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-6">
      <VideoHeader video={video} />
      {isUnderWay(video) && <ProcessingPanel video={video} />}
      {(video.status === 'failed' || video.status === 'cancelled') && <StoppedPanel video={video} />}
      <VideoWarnings video={video} />
      {video.status === 'completed' && <Watch video={video} />}
      <Facts video={video} />
    </div>
  );
}
