import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface Props {
  id?: string;
  className?: string | undefined;
  children: ReactNode;
}

/** Why something cannot be done here, in the place where it would be done. */
export const WhyNot = ({ id, className, children }: Props) => (
  <p id={id} className={cn('flex items-start gap-2.5 text-sm leading-relaxed text-muted', className)}>
    <Lock aria-hidden className="mt-1 size-3.5 shrink-0" />
    <span className="min-w-0">{children}</span>
  </p>
);
