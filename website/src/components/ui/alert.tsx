import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface Props {
  tone?: 'danger' | 'warning';
  title?: string;
  children: ReactNode;
  action?: ReactNode;
}

/** A sentence that must not be missed; read out when it appears. */
export function Alert({ tone = 'danger', title, children, action }: Props) {
  const isDanger = tone === 'danger';
  const Icon = isDanger ? CircleAlert : TriangleAlert;
  return (
    <div
      role={isDanger ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-center gap-x-3 gap-y-3 rounded-lg px-4 py-3 text-sm',
        isDanger ? 'bg-danger-bg text-danger' : 'bg-raised text-fg',
      )}
    >
      <Icon aria-hidden className={cn('size-5 shrink-0', !isDanger && 'text-warning')} />
      <div className="min-w-0 flex-1 basis-52">
        {title && <p className="font-semibold">{title}</p>}
        <div className="leading-relaxed">{children}</div>
      </div>
      {action}
    </div>
  );
}
