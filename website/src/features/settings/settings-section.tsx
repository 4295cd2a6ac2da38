import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

interface Props {
  id: string;
  title: string;
  text: string;
  children: ReactNode;
}

export function SettingsSection({ id, title, text, children }: Props) {
  return (
    <section
      aria-labelledby={id}
      className="grid grid-cols-1 gap-4 lg:grid-cols-[16rem_minmax(0,1fr)] lg:gap-8"
    >
      <div>
        <h2 id={id} className="text-lg font-semibold">
          {title}
        </h2>
        <p className="mt-1 text-sm leading-relaxed text-muted">{text}</p>
      </div>
      <Card>{children}</Card>
    </section>
  );
}
