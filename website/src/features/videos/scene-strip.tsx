'use client';
import type { SceneRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { cn } from '@/lib/cn';
import { useReadable } from '@/lib/use-readable';
import { sceneAfterKey } from './scene-keys';
import { ScenePicture } from './scene-picture';
import { cueAt, type SpriteCue } from './sprite-cues';

interface Props {
  scenes: readonly SceneRead[];
  cues: readonly SpriteCue[];
  duration: number;
  current: number;
  element: HTMLVideoElement | null;
  onSeek: (seconds: number) => void;
}

/** Narrower than this, a scene cannot be hit; the strip then grows wider than the page and scrolls. */
const leastWidth = 12;

/** All scenes side by side, as wide as they are long. One stop of the Tab key; arrows walk through the scenes, Enter goes there. */
export function SceneStrip({ scenes, cues, duration, current, element, onSeek }: Props) {
  const t = useTranslations('Video.scenes');
  const readable = useReadable();
  const list = useRef<HTMLOListElement>(null);
  const playhead = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(0);
  useFollow(element, playhead, duration);

  function onKeyDown(event: KeyboardEvent) {
    const next = sceneAfterKey(event.key, focused, scenes.length);
    if (next === undefined) return;
    event.preventDefault();
    list.current?.querySelectorAll('button')[next]?.focus();
  }

  return (
    <div
      className="-m-1 overflow-x-auto rounded-xl p-1"
      role="group"
      aria-label={t('strip', { count: scenes.length })}
    >
      <div className="relative" style={{ minWidth: scenes.length * leastWidth }}>
        <ol ref={list} className="relative h-18 sm:h-20" onKeyDown={onKeyDown}>
          {scenes.map((scene, index) => (
            <li
              key={scene.index}
              className="absolute inset-y-0 pr-0.5"
              style={{
                left: `${(scene.start / duration) * 100}%`,
                width: `${((scene.end - scene.start) / duration) * 100}%`,
              }}
            >
              <button
                type="button"
                tabIndex={index === focused ? 0 : -1}
                aria-current={index === current ? 'true' : undefined}
                aria-label={t('scene', {
                  number: index + 1,
                  start: readable.clock(scene.start),
                  length: readable.shortSpan(scene.end - scene.start),
                  transition: t(`transitions.${scene.transition}`),
                })}
                title={`${index + 1} · ${readable.clock(scene.start)} · ${t(`transitions.${scene.transition}`)}`}
                onFocus={() => setFocused(index)}
                onClick={() => onSeek(scene.start)}
                className={cn(
                  'relative size-full overflow-hidden rounded-md border bg-raised transition-[border-color,opacity] focus-visible:z-10 focus-visible:outline-offset-0',
                  index === current ? 'border-2 border-primary' : 'opacity-70 hover:opacity-100',
                )}
              >
                <ScenePicture
                  cue={cueAt(cues, (scene.start + scene.end) / 2)}
                  className="absolute inset-0 size-full"
                />
                <TransitionMark kind={scene.transition} />
              </button>
            </li>
          ))}
        </ol>
        <div
          ref={playhead}
          aria-hidden
          className="pointer-events-none absolute inset-y-0 left-0 z-10 w-full origin-left"
        >
          <div className="absolute -inset-y-1 w-0.5 rounded-full bg-fg shadow-[0_0_0_1px_var(--bg)]" />
        </div>
      </div>
    </div>
  );
}

/** A soft transition leaves a slanted or a fading edge at the start of its scene; a cut needs no mark. */
function TransitionMark({ kind }: { kind: SceneRead['transition'] }) {
  if (kind === 'dissolve') {
    return (
      <span className="absolute inset-y-0 left-0 w-3 bg-[repeating-linear-gradient(135deg,#ffd700_0_2px,#1a1200_2px_5px)]" />
    );
  }
  if (kind === 'fade')
    return <span className="absolute inset-y-0 left-0 w-4 bg-linear-to-r from-black to-transparent" />;
  return null;
}

/** Moves the line with the picture, frame by frame and without rendering anything again. */
function useFollow(
  element: HTMLVideoElement | null,
  playhead: React.RefObject<HTMLDivElement | null>,
  duration: number,
) {
  useEffect(() => {
    if (!element) return;
    let frame = 0;
    const follow = () => {
      const share = Math.min(1, element.currentTime / duration);
      if (playhead.current) playhead.current.style.transform = `translateX(${share * 100}%)`;
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [element, playhead, duration]);
}
