import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** Where the page has nothing but this. */
  isPage?: boolean;
}

export function EmptyState({ icon: Icon, title, children, action, isPage = false }: Props) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className="grid justify-items-center gap-2 rounded-card border border-dashed border-input/60 px-6 py-14 text-center">
      <span className="mb-2 grid size-14 place-items-center rounded-2xl bg-raised text-gold-ink">
        <Icon aria-hidden className="size-6" />
      </span>
      <Title className="text-lg font-semibold">{title}</Title>
      <p className="max-w-md text-balance text-muted">{children}</p>
      {action && <div className="mt-4">{action}</div>}
    </div>
  );
}
