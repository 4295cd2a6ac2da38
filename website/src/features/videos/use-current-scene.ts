'use client';
import type { SceneRead } from '@ultrarslanoglu/api-client';
import { useEffect, useState } from 'react';
import { sceneAt } from './scene-keys';

/** Index of the scene that is on the screen; changes only when the scene does. */
export function useCurrentScene(element: HTMLVideoElement | null, scenes: readonly SceneRead[] | undefined) {
  const [current, setCurrent] = useState(0);
  useEffect(() => {
    if (!element || !scenes) return;
    const update = () => setCurrent(Math.max(0, sceneAt(scenes, element.currentTime)));
    update();
    const events = ['timeupdate', 'seeking', 'seeked'] as const;
    for (const name of events) element.addEventListener(name, update);
    return () => {
      for (const name of events) element.removeEventListener(name, update);
    };
  }, [element, scenes]);
  return current;
}
