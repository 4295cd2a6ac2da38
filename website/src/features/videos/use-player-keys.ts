'use client';
import type { SceneRead } from '@ultrarslanoglu/api-client';
import { useEffect } from 'react';
import { isTyping } from '@/components/shell/shortcut-keys';
import { areSingleKeysOn } from '@/lib/single-keys';
import { sceneAt } from './scene-keys';

/** The keys that players have in common. They work in the player, among its scenes, and while nothing on the page has the focus. */
export function usePlayerKeys(element: HTMLVideoElement | null, scenes: readonly SceneRead[] | undefined) {
  useEffect(() => {
    if (!element) return;
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (!isForPlayer(event, element)) return;
      // On a button the space bar presses it.
      if (event.key === ' ' && event.target instanceof Element && event.target.closest('button, a, summary'))
        return;
      if (act(element, event.key, scenes ?? [])) event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [element, scenes]);
}

function isForPlayer({ key, target }: KeyboardEvent, element: HTMLVideoElement): boolean {
  // Letters can be turned off; the space bar and the arrows stay.
  if (key.length === 1 && key !== ' ' && !areSingleKeysOn()) return false;
  const isIn = (place: Element | null) => target instanceof Node && place?.contains(target) === true;
  // Elsewhere these scroll the page.
  if (key === 'ArrowUp' || key === 'ArrowDown') return isIn(element.closest('media-controller'));
  // A click on plain text gives the focus to the main part of the page.
  const isNowhere = target instanceof Element && target.matches('body, main');
  return isNowhere || isIn(element.closest('[data-watch]'));
}

function act(element: HTMLVideoElement, key: string, scenes: readonly SceneRead[]): boolean {
  const seekBy = (seconds: number) => {
    const last = Number.isFinite(element.duration) ? element.duration : Infinity;
    element.currentTime = Math.min(last, Math.max(0, element.currentTime + seconds));
  };
  const seekToScene = (offset: number) => {
    const scene = scenes[sceneAt(scenes, element.currentTime) + offset];
    if (scene) element.currentTime = scene.start;
  };
  const actions: Record<string, () => void> = {
    ' ': () => togglePlay(element),
    k: () => togglePlay(element),
    j: () => seekBy(-10),
    l: () => seekBy(10),
    ArrowLeft: () => seekBy(-5),
    ArrowRight: () => seekBy(5),
    ArrowUp: () => changeVolume(element, 0.1),
    ArrowDown: () => changeVolume(element, -0.1),
    m: () => {
      element.muted = !element.muted;
    },
    f: () => toggleFullscreen(element),
    n: () => seekToScene(1),
    p: () => seekToScene(-1),
  };
  const action = actions[key.length === 1 ? key.toLowerCase() : key];
  action?.();
  return action !== undefined;
}

function togglePlay(element: HTMLVideoElement) {
  if (!element.paused) return element.pause();
  // A browser may refuse to play; its own button then says so.
  element.play().catch(() => undefined);
}

function changeVolume(element: HTMLVideoElement, by: number) {
  element.volume = Math.min(1, Math.max(0, element.volume + by));
}

function toggleFullscreen(element: HTMLVideoElement) {
  const frame = element.closest('media-controller') ?? element;
  void (document.fullscreenElement ? document.exitFullscreen() : frame.requestFullscreen());
}
