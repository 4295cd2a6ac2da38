// @vitest-environment node
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('../src/app/globals.css', import.meta.url), 'utf8');

function tokensOf(selector: string): Record<string, string> {
  const block = new RegExp(`^${selector.replace('.', '\\.')} \\{([^}]+)\\}`, 'm').exec(css)?.[1] ?? '';
  const pairs = [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)];
  return Object.fromEntries(pairs.map((pair) => [pair[1] ?? '', pair[2] ?? '']));
}

/** Relative luminance and contrast ratio as WCAG 2 defines them. */
function luminance(hex: string): number {
  const channels = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  const [red = 0, green = 0, blue = 0] = channels;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string | undefined, other: string | undefined): number {
  if (!one || !other) throw new Error('This token does not exist.');
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg', 'surface', 'raised'];
const words = ['fg', 'muted', 'danger', 'success', 'warning', 'info', 'gold-ink', 'link'];
const pairs = [
  ['primary-fg', 'primary'],
  ['primary-fg', 'primary-hover'],
  ['accent-fg', 'accent'],
  ['danger', 'danger-bg'],
] as const;
const marks = ['input', 'ring', 'primary', 'chart-1', 'chart-2', 'chart-3', 'chart-4', 'chart-5', 'chart-6'];

describe.each([
  ['light', ':root'],
  ['dark', '.dark'],
])('%s', (_, selector) => {
  const token = tokensOf(selector);
  test.each(words.flatMap((word) => grounds.map((ground) => [word, ground])))(
    'words in %s on %s can be read',
    (word, ground) => expect(contrast(token[word], token[ground])).toBeGreaterThanOrEqual(4.5),
  );
  test.each(pairs)('words in %s on %s can be read', (word, ground) =>
    expect(contrast(token[word], token[ground])).toBeGreaterThanOrEqual(4.5),
  );
  test.each(marks)('a line in %s can be seen', (mark) =>
    expect(contrast(token[mark], token['surface'])).toBeGreaterThanOrEqual(3),
  );
});

describe('gold on dark red', () => {
  const token = tokensOf('.campaign');
  test.each(['fg', 'muted', 'gold-ink', 'link'])('words in %s can be read', (word) =>
    expect(contrast(token[word], token['bg'])).toBeGreaterThanOrEqual(4.5),
  );
  test('the button can be read', () =>
    expect(contrast(token['primary-fg'], token['primary'])).toBeGreaterThanOrEqual(4.5));
});
