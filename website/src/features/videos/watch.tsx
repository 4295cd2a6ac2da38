'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { scenesQuery, spriteQuery } from '@ultrarslanoglu/api-client/queries/videos';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useCallback, useMemo, useRef, useState } from 'react';
import { api } from '@/lib/api';
import { SceneList } from './scene-list';
import { SceneStrip } from './scene-strip';
import { parseSpriteCues } from './sprite-cues';
import { useCurrentScene } from './use-current-scene';
import { usePlayerKeys } from './use-player-keys';

const Player = dynamic(() => import('./player'), {
  ssr: false,
  loading: () => <div className="aspect-video w-full rounded-card bg-black" />,
});

/** The player with the scenes below and beside it. */
export function Watch({ video }: { video: VideoRead }) {
  const [element, setElement] = useState<HTMLVideoElement | null>(null);
  // The same element once more: state tells the others that it is there, the ref is what may be changed.
  const player = useRef<HTMLVideoElement | null>(null);
  const attach = useCallback((next: HTMLVideoElement | null) => {
    player.current = next;
    setElement(next);
  }, []);
  const scenes = useQuery(scenesQuery(api, video.id)).data?.items;
  const sprite = useQuery(spriteQuery(api, video.id)).data;
  const cues = useMemo(() => parseSpriteCues(sprite ?? '', `/api/video/${video.id}/`), [sprite, video.id]);
  const current = useCurrentScene(element, scenes);
  usePlayerKeys(element, scenes);

  function seek(seconds: number) {
    if (player.current) player.current.currentTime = seconds;
  }

  const hasScenes = scenes !== undefined && scenes.length > 0;
  return (
    <div data-watch className="grid grid-cols-1 items-start gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="grid min-w-0 gap-4">
        <Player video={video} onElement={attach} />
        {hasScenes && video.duration !== null && (
          <SceneStrip
            scenes={scenes}
            cues={cues}
            duration={video.duration}
            current={current}
            element={element}
            onSeek={seek}
          />
        )}
      </div>
      {hasScenes && <SceneList scenes={scenes} cues={cues} current={current} onSeek={seek} />}
    </div>
  );
}
