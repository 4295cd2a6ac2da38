'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { videoFiles } from '@ultrarslanoglu/api-client/queries/videos';
import {
  MediaControlBar,
  MediaController,
  MediaErrorDialog,
  MediaFullscreenButton,
  MediaLoadingIndicator,
  MediaMuteButton,
  MediaPlaybackRateButton,
  MediaPlayButton,
  MediaTimeDisplay,
  MediaTimeRange,
  MediaVolumeRange,
} from 'media-chrome/react';
import { useLocale, useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import './player-words';
import './player.css';
import { useStream } from './use-stream';

interface Props {
  video: VideoRead;
  /** Hands the video element to the scenes around the player. */
  onElement: (element: HTMLVideoElement | null) => void;
}

export default function Player({ video, onElement }: Props) {
  const t = useTranslations('Video');
  const locale = useLocale();
  const [element, setElement] = useState<HTMLVideoElement | null>(null);
  useStream(element, videoFiles.stream(video.id));
  const attach = useCallback(
    (next: HTMLVideoElement | null) => {
      setElement(next);
      onElement(next);
    },
    [onElement],
  );
  return (
    <MediaController
      lang={locale}
      // The page has the same keys, and they work without the player being focused.
      noHotkeys
      className="aspect-video max-h-[72vh] w-full overflow-hidden rounded-card bg-black"
    >
      <video
        ref={attach}
        slot="media"
        playsInline
        preload="metadata"
        poster={videoFiles.poster(video.id)}
        aria-label={t('playerLabel', { title: video.title })}
        className="size-full"
      >
        <track kind="metadata" label="thumbnails" src={videoFiles.sprite(video.id)} default />
      </video>
      <MediaLoadingIndicator slot="centered-chrome" noAutohide />
      <MediaErrorDialog slot="dialog" />
      <MediaControlBar>
        <MediaPlayButton />
        <MediaMuteButton />
        <MediaVolumeRange className="max-sm:hidden" />
        <MediaTimeRange />
        <MediaTimeDisplay showDuration />
        <MediaPlaybackRateButton className="max-sm:hidden" />
        <MediaFullscreenButton />
      </MediaControlBar>
    </MediaController>
  );
}
