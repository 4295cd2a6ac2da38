import type { ConnectionRead } from '@ultrarslanoglu/api-client';
import { CircleCheck, TriangleAlert, Unlink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';

const looks = {
  connected: { icon: CircleCheck, tone: 'text-success' },
  reconnect_needed: { icon: TriangleAlert, tone: 'text-warning' },
  leaving: { icon: Unlink, tone: 'text-muted' },
  none: { icon: Unlink, tone: 'text-muted' },
} as const;

/** The state in a word and a sign: colour alone says nothing to some. */
export function StateBadge({ state }: { state: ConnectionRead['state'] | null }) {
  const t = useTranslations('Connections.states');
  const { icon: Icon, tone } = looks[state ?? 'none'];
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 rounded-full border px-2.5 py-1 text-xs leading-tight font-medium',
        tone,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {t(state ?? 'none')}
    </span>
  );
}
