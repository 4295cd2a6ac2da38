import type { SceneRead } from '@ultrarslanoglu/api-client';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { NextIntlClientProvider } from 'next-intl';
import { expect, test, vi } from 'vitest';
import messages from '../../../messages/tr.json';
import { sceneAfterKey, sceneAt } from './scene-keys';
import { SceneStrip } from './scene-strip';

const scenes: SceneRead[] = [
  { index: 0, start: 0, end: 2, start_frame: 0, end_frame: 50, transition: 'start' },
  { index: 1, start: 2, end: 5, start_frame: 50, end_frame: 125, transition: 'cut' },
  { index: 2, start: 5, end: 10, start_frame: 125, end_frame: 250, transition: 'dissolve' },
];

function show() {
  const onSeek = vi.fn();
  render(
    <NextIntlClientProvider locale="tr" messages={messages} timeZone="Europe/Istanbul">
      <SceneStrip scenes={scenes} cues={[]} duration={10} current={1} element={null} onSeek={onSeek} />
    </NextIntlClientProvider>,
  );
  return onSeek;
}

test('says of each scene where it starts, how long it is and how it begins', () => {
  show();
  expect(
    screen.getByRole('button', { name: 'Sahne 3, başlangıç 0:05, süre 5 sn., Zincirleme' }),
  ).toBeVisible();
  expect(screen.getByRole('button', { current: true })).toHaveAccessibleName(/^Sahne 2,/);
});

test('is one stop of the Tab key; arrows walk, Enter seeks', async () => {
  const onSeek = show();
  const user = userEvent.setup();
  await user.tab();
  expect(screen.getByRole('button', { name: /^Sahne 1,/ })).toHaveFocus();
  await user.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}');
  expect(screen.getByRole('button', { name: /^Sahne 3,/ })).toHaveFocus();
  expect(onSeek).not.toHaveBeenCalled();
  await user.keyboard('{Enter}{Home}{Enter}');
  expect(onSeek.mock.calls).toEqual([[5], [0]]);
  await user.tab();
  expect(document.body).toHaveFocus();
});

test.each([
  ['ArrowLeft', 0, 0],
  ['ArrowRight', 2, 2],
  ['End', 0, 2],
  ['x', 1, undefined],
])('%s from scene %i', (key, from, to) => expect(sceneAfterKey(key, from, 3)).toBe(to));

test.each([
  [-1, -1],
  [0, 0],
  [1.9995, 1],
  [4.9, 1],
  [99, 2],
])('the scene at %d seconds', (seconds, index) => expect(sceneAt(scenes, seconds)).toBe(index));
