'use client';
import { useEffect } from 'react';
import { refreshSession } from '@/lib/session/refresh';

/** Plays an HLS stream: by the browser itself where it can, which loads no further code, else by hls.js. */
export function useStream(element: HTMLVideoElement | null, source: string) {
  useEffect(() => {
    if (!element) return;
    return element.canPlayType('application/vnd.apple.mpegurl')
      ? playNatively(element, source)
      : playByScript(element, source);
  }, [element, source]);
}

/** The element asks for parts by itself. If that was refused because the session had run out, it goes on where it was, once. */
function playNatively(element: HTMLVideoElement, source: string): () => void {
  let hasRetried = false;
  const onError = () => {
    if (hasRetried) return;
    hasRetried = true;
    const { currentTime, paused } = element;
    refreshSession().then(
      (isSignedIn) => {
        if (!isSignedIn) return;
        element.src = source;
        element.currentTime = currentTime;
        if (!paused) element.play().catch(() => undefined);
      },
      () => undefined,
    );
  };
  element.addEventListener('error', onError);
  element.src = source;
  return () => {
    element.removeEventListener('error', onError);
    element.removeAttribute('src');
    element.load();
  };
}

function playByScript(element: HTMLVideoElement, source: string): () => void {
  let isOver = false;
  let destroy = () => {};
  void import('hls.js/light').then(({ default: Hls }) => {
    if (isOver || !Hls.isSupported()) return;
    const player = new Hls({ capLevelToPlayerSize: true });
    player.loadSource(source);
    player.attachMedia(element);
    destroy = () => player.destroy();
  });
  return () => {
    isOver = true;
    destroy();
  };
}
