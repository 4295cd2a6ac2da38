import { cn } from '@/lib/cn';

/** Holds the place of what is still loading, in its size, so that nothing jumps. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={cn('animate-pulse rounded-lg bg-raised', className)} />
);
