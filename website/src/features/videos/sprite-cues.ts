/** Reads the index of the small pictures along the time line: WebVTT whose text is `sprite-0.jpg#xywh=x,y,w,h`. */

export interface SpriteCue {
  start: number;
  end: number;
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export function parseSpriteCues(text: string, folder: string): SpriteCue[] {
  return text
    .replaceAll('\r\n', '\n')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.split('\n');
      const at = lines.findIndex((line) => line.includes('-->'));
      const [start, end] = (lines[at] ?? '').split('-->').map(readTime);
      const target = /^(.+)#xywh=(\d+),(\d+),(\d+),(\d+)/.exec(lines[at + 1]?.trim() ?? '');
      if (at === -1 || start === undefined || end === undefined || !target) return [];
      const [x = 0, y = 0, width = 0, height = 0] = target.slice(2).map(Number);
      return [{ start, end, url: folder + (target[1] ?? ''), x, y, width, height }];
    });
}

/** The picture to show for a moment; the last one for moments after the end. */
export const cueAt = (cues: readonly SpriteCue[], seconds: number): SpriteCue | undefined =>
  cues.find((cue) => seconds < cue.end) ?? cues.at(-1);

/** "01:02:03.500" or "02:03.500" in seconds. */
function readTime(text: string): number {
  return (text.trim().split(/\s/)[0] ?? '')
    .split(':')
    .reduce((seconds, part) => seconds * 60 + Number(part), 0);
}
