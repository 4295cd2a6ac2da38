import { cn } from '@/lib/cn';

interface Props {
  /** 0 to 100. */
  value: number;
  label: string;
  tone?: 'primary' | 'muted' | 'danger';
  className?: string;
}

const tones = { primary: 'bg-primary', muted: 'bg-input', danger: 'bg-danger' };

export function Progress({ value, label, tone = 'primary', className }: Props) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value)}
      className={cn('h-2 overflow-hidden rounded-full bg-raised ring-1 ring-border ring-inset', className)}
    >
      {/* scaleX instead of width: the browser can move it without laying out the page again. */}
      <div
        className={cn(
          'h-full origin-left rounded-full transition-transform duration-300 ease-out',
          tones[tone],
        )}
        style={{ transform: `scaleX(${Math.min(100, Math.max(0, value)) / 100})` }}
      />
    </div>
  );
}
