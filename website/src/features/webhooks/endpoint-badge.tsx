'use client';
import type { EndpointRead } from '@ultrarslanoglu/api-client';
import { CircleCheck, CircleOff, TriangleAlert, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';
import { statusOf, type EndpointStatus } from './endpoint-state';

const looks: Record<EndpointStatus, { icon: LucideIcon; tone: string }> = {
  active: { icon: CircleCheck, tone: 'text-success' },
  failing: { icon: TriangleAlert, tone: 'text-warning' },
  disabled: { icon: CircleOff, tone: 'text-muted' },
};

/** The state in a word and a sign: colour alone says nothing to some. */
export function EndpointBadge({ endpoint }: { endpoint: EndpointRead }) {
  const t = useTranslations('Webhooks.status');
  const status = statusOf(endpoint);
  const { icon: Icon, tone } = looks[status];
  return (
    <span
      data-status={status}
      className={cn(
        'inline-flex items-center gap-1.5 rounded-full border bg-surface px-2.5 py-1 text-xs leading-tight font-medium whitespace-nowrap',
        tone,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {t(status)}
    </span>
  );
}
