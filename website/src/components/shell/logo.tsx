import { cn } from '@/lib/cn';

/** The mark and the name. Its colours are the brand's own and the same in both themes. */
export const Logo = ({ className }: { className?: string }) => (
  <span
    className={cn(
      'inline-flex items-center gap-2.5 font-display text-xl leading-normal font-semibold',
      className,
    )}
  >
    <svg viewBox="0 0 32 32" className="size-8 shrink-0" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#8b0000" />
      <path
        d="M8.5 8v8.5a7.5 7.5 0 0 0 15 0V8"
        fill="none"
        stroke="#ffd700"
        strokeWidth="3"
        strokeLinecap="round"
      />
      <path d="M13.6 8.6v7.8l6.2-3.9z" fill="#ffd700" />
    </svg>
    Ultrarslanoğlu
  </span>
);
