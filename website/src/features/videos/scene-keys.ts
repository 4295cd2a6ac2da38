/** Which scene a key leads to from the focused one; undefined for keys that are not ours. */
export function sceneAfterKey(key: string, focused: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return Math.min(count - 1, focused + 1);
    case 'ArrowLeft':
      return Math.max(0, focused - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}

/** The scene that a moment belongs to; -1 before the first. */
export function sceneAt(scenes: readonly { start: number }[], seconds: number): number {
  let low = 0;
  let high = scenes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    // A seek to the start of a scene may land a hair before it.
    if ((scenes[middle]?.start ?? Infinity) <= seconds + 0.001) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
