import { beforeEach, expect, test } from 'vitest';
import { findInterrupted, fingerprintOf } from './interrupted';

const file = new File(['x'], 'gizli-film.mp4', { type: 'video/mp4', lastModified: 1 });

/** As tus-js-client notes an upload that was begun. */
function begin() {
  const note = { size: 1, creationTime: '2026-11-01T10:00:00Z', metadata: { filename: file.name } };
  localStorage.setItem(`tus::${fingerprintOf(file)}::77`, JSON.stringify(note));
}

beforeEach(() => localStorage.clear());

test('one finds what one began', () => {
  localStorage.setItem('ultra.owner', 'ada.w1');
  begin();
  expect(findInterrupted().map(({ name }) => name)).toEqual(['gizli-film.mp4']);
});

test.each(['grace.w1', 'ada.w2', ''])('"%s" does not see what ada began in w1', (owner) => {
  localStorage.setItem('ultra.owner', 'ada.w1');
  begin();
  localStorage.setItem('ultra.owner', owner);
  expect(findInterrupted()).toEqual([]);
});
