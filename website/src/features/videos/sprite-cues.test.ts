import { expect, test } from 'vitest';
import { cueAt, parseSpriteCues } from './sprite-cues';

const text = `WEBVTT

00:00:00.000 --> 00:00:02.000
sprite-0.jpg#xywh=0,0,160,90

2
01:00.500 --> 01:02:03.250
sprite-1.jpg#xywh=160,90,160,90

00:00:09.000 --> 00:00:10.000
not a picture
`;

test('reads times and places, and leaves out what is neither', () => {
  expect(parseSpriteCues(text.replaceAll('\n', '\r\n'), '/v/')).toEqual([
    { start: 0, end: 2, url: '/v/sprite-0.jpg', x: 0, y: 0, width: 160, height: 90 },
    { start: 60.5, end: 3723.25, url: '/v/sprite-1.jpg', x: 160, y: 90, width: 160, height: 90 },
  ]);
  expect(parseSpriteCues('', '/v/')).toEqual([]);
});

test('finds the picture for a moment', () => {
  const cues = parseSpriteCues(text, '');
  expect(cueAt(cues, 1.9)?.url).toBe('sprite-0.jpg');
  expect(cueAt(cues, 2)?.url).toBe('sprite-1.jpg');
  expect(cueAt(cues, 9_999)?.url).toBe('sprite-1.jpg');
  expect(cueAt([], 1)).toBeUndefined();
});
