'use client';
import type { SceneRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { cn } from '@/lib/cn';
import { useReadable } from '@/lib/use-readable';
import { ScenePicture } from './scene-picture';
import { cueAt, type SpriteCue } from './sprite-cues';

interface Props {
  scenes: readonly SceneRead[];
  cues: readonly SpriteCue[];
  current: number;
  onSeek: (seconds: number) => void;
}

/** The scenes in words, with a picture each. The list follows the video. */
export function SceneList({ scenes, cues, current, onSeek }: Props) {
  const t = useTranslations('Video.scenes');
  const readable = useReadable();
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    const item = list.current?.children[current];
    // scrollIntoView would move the whole page as well.
    if (list.current && item instanceof HTMLElement) {
      list.current.scrollTo({ top: item.offsetTop - 8, behavior: 'smooth' });
    }
  }, [current]);
  return (
    <section aria-labelledby="scenes" className="min-w-0 rounded-card border bg-surface">
      <h2 id="scenes" className="flex items-baseline justify-between border-b px-4 py-3 font-semibold">
        {t('heading')}
        <span className="text-sm font-normal text-muted tabular-nums">{scenes.length}</span>
      </h2>
      <ol ref={list} className="relative max-h-80 overflow-y-auto p-2 xl:max-h-[34rem]">
        {scenes.map((scene, index) => (
          <li key={scene.index}>
            <button
              type="button"
              aria-current={index === current ? 'true' : undefined}
              onClick={() => onSeek(scene.start)}
              className={cn(
                'flex w-full items-center gap-3 rounded-lg p-2 text-left text-sm transition-colors focus-visible:-outline-offset-2',
                index === current ? 'bg-raised' : 'hover:bg-raised/60',
              )}
            >
              <span className="relative h-11 w-19 shrink-0 overflow-hidden rounded-md bg-black">
                <ScenePicture
                  cue={cueAt(cues, (scene.start + scene.end) / 2)}
                  className="absolute inset-0 size-full"
                />
              </span>
              <span className="min-w-0 flex-1 tabular-nums">
                <span className="block font-medium">{t('number', { number: index + 1 })}</span>
                <span className="block truncate text-muted">
                  {readable.clock(scene.start)} · {readable.shortSpan(scene.end - scene.start)}
                </span>
              </span>
              {scene.transition !== 'cut' && scene.transition !== 'start' && (
                <span className="shrink-0 rounded-full border px-2 py-0.5 text-xs text-muted">
                  {t(`transitions.${scene.transition}`)}
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}
