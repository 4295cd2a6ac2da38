import { expect, test } from 'vitest';
import { groupZones, placeOf } from './zones';

test('zones stand in their regions, each once, and UTC is always there', () => {
  expect(groupZones(['Europe/Istanbul', 'America/Lima', 'Europe/Berlin', 'Europe/Istanbul'])).toEqual([
    ['America', ['America/Lima']],
    ['Europe', ['Europe/Berlin', 'Europe/Istanbul']],
    ['UTC', ['UTC']],
  ]);
});

test.each([
  ['Europe/Istanbul', 'Istanbul'],
  ['America/Argentina/Buenos_Aires', 'Argentina / Buenos Aires'],
  ['UTC', 'UTC'],
])('%s is shown as %s', (zone, place) => expect(placeOf(zone)).toBe(place));
