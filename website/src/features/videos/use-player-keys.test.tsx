import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, test } from 'vitest';
import { setSingleKeys } from '@/lib/single-keys';
import { usePlayerKeys } from './use-player-keys';

/** The player's place on its page, without the player's own buttons. */
function Page() {
  const [element, setElement] = useState<HTMLVideoElement | null>(null);
  usePlayerKeys(element, undefined);
  return (
    <main tabIndex={-1}>
      <button>Başka</button>
      <div data-watch>
        <media-controller>
          <video ref={setElement} tabIndex={-1} data-testid="video" />
        </media-controller>
        <button>Sahne</button>
      </div>
    </main>
  );
}

declare module 'react' {
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'media-controller': { children: React.ReactNode };
    }
  }
}

beforeEach(() => setSingleKeys(true));

function show() {
  render(<Page />);
  const video = screen.getByTestId<HTMLVideoElement>('video');
  video.volume = 0.5;
  return video;
}

const button = (name: string) => screen.getByRole('button', { name });

test('up and down are the volume in the player only; elsewhere they scroll', async () => {
  const video = show();
  await userEvent.keyboard('{ArrowUp}');
  screen.getByRole('main').focus();
  await userEvent.keyboard('{ArrowDown}');
  button('Sahne').focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(video.volume).toBe(0.5);

  video.focus();
  await userEvent.keyboard('{ArrowUp}');
  expect(video.volume).toBeCloseTo(0.6);
});

test.each([
  ['nothing', () => undefined, true],
  ['the page', () => screen.getByRole('main').focus(), true],
  ['the player', () => screen.getByTestId('video').focus(), true],
  ['a scene', () => button('Sahne').focus(), true],
  ['another button', () => button('Başka').focus(), false],
])('M with the focus on %s', async (_, focus, isMuted) => {
  const video = show();
  focus();
  await userEvent.keyboard('m');
  expect(video.muted).toBe(isMuted);
});

test('letters do nothing where they are turned off; arrows still work', async () => {
  setSingleKeys(false);
  const video = show();
  video.currentTime = 20;
  await userEvent.keyboard('m');
  expect(video.muted).toBe(false);
  await userEvent.keyboard('{ArrowLeft}');
  expect(video.currentTime).toBe(15);
});
