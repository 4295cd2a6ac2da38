import { VideoGone } from '@/features/videos/video-gone';

export default function VideoNotFound() {
  return <VideoGone />;
}
