import { cn } from '@/lib/cn';
import type { SpriteCue } from './sprite-cues';

/** One small picture cut out of a sprite, at any size. An SVG, because its viewBox cuts and scales without knowing how large the sprite is. */
export function ScenePicture({ cue, className }: { cue: SpriteCue | undefined; className?: string }) {
  if (!cue) return null;
  return (
    <svg
      aria-hidden
      viewBox={`${cue.x} ${cue.y} ${cue.width} ${cue.height}`}
      preserveAspectRatio="xMidYMid slice"
      className={cn('bg-black', className)}
    >
      <image href={cue.url} />
    </svg>
  );
}
