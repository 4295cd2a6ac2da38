import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface Props {
  label: string;
  children: ReactNode;
  className?: string;
}

/** A table that becomes a list of cards on a narrow screen. The roles are written out, because a changed `display` takes them away. */
export const Table = ({ label, className, children }: Props) => (
  <div className={cn('overflow-hidden rounded-card border bg-surface', className)}>
    <table role="table" aria-label={label} className="block w-full text-sm lg:table">
      {children}
    </table>
  </div>
);

/** The names of the columns; on a narrow screen they are read out only. */
export const TableHead = ({ children }: { children: ReactNode }) => (
  <thead role="rowgroup" className="sr-only lg:not-sr-only lg:table-header-group">
    <tr role="row" className="border-b bg-raised/60">
      {children}
    </tr>
  </thead>
);

export const ColumnName = ({ className, ...props }: ComponentProps<'th'>) => (
  <th
    role="columnheader"
    scope="col"
    className={cn('px-4 py-3 text-left text-xs font-medium whitespace-nowrap text-muted', className)}
    {...props}
  />
);

export const TableBody = ({ children }: { children: ReactNode }) => (
  <tbody role="rowgroup" className="block divide-y lg:table-row-group">
    {children}
  </tbody>
);

export const TableRow = ({ className, ...props }: ComponentProps<'tr'>) => (
  <tr role="row" className={cn('lg:table-row', className)} {...props} />
);

export const TableCell = ({ className, ...props }: ComponentProps<'td'>) => (
  <td role="cell" className={cn('lg:px-4 lg:py-3 lg:align-middle', className)} {...props} />
);
