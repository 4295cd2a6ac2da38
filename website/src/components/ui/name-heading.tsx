import type { ReactNode } from 'react';

/** The page's heading where it is a name that people gave: of any length, with or without spaces. */
export const NameHeading = ({ children }: { children: ReactNode }) => (
  <h1 className="min-w-0 font-display text-2xl leading-snug font-semibold break-words sm:text-3xl sm:leading-snug">
    {children}
  </h1>
);
