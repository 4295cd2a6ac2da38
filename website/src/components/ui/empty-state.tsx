import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, children, action }: Props) {
  return (
    <div className="grid justify-items-center gap-2 rounded-card border border-dashed border-input/60 px-6 py-14 text-center">
      <span className="mb-2 grid size-14 place-items-center rounded-2xl bg-raised text-gold-ink">
        <Icon aria-hidden className="size-6" />
      </span>
      <p className="text-lg font-semibold">{title}</p>
      <p className="max-w-md text-balance text-muted">{children}</p>
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
