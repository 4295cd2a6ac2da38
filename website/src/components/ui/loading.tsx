import type { ReactNode } from 'react';

interface Props {
  /** Read out meanwhile. */
  label: string;
  className?: string;
  /** Its shape, drawn with skeletons. */
  children: ReactNode;
}

/** What stands where something is under way. */
export const Loading = ({ label, className, children }: Props) => (
  <div role="status" className={className}>
    <span className="sr-only">{label}</span>
    {children}
  </div>
);
