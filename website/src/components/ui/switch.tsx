import type { ComponentProps } from 'react';
import { cn } from '@/lib/cn';

/** On or off, at once. It is a checkbox: label, form and keyboard come from the browser. */
export const Switch = ({ className, ...props }: Omit<ComponentProps<'input'>, 'type' | 'role'>) => (
  <input
    type="checkbox"
    role="switch"
    className={cn(
      'relative h-6 w-11 shrink-0 cursor-pointer appearance-none rounded-full border border-input bg-raised transition-colors',
      "before:absolute before:top-1/2 before:left-0.5 before:size-4.5 before:-translate-y-1/2 before:rounded-full before:bg-input before:transition-transform before:content-['']",
      'checked:border-primary checked:bg-primary checked:before:translate-x-[1.2rem] checked:before:bg-primary-fg',
      'disabled:cursor-not-allowed disabled:opacity-55',
      className,
    )}
    {...props}
  />
);
