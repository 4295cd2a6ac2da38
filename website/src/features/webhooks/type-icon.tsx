import type { EndpointType } from '@ultrarslanoglu/api-client';
import { Gamepad2, Hash, Webhook, type LucideIcon } from 'lucide-react';

const icons: Record<EndpointType, LucideIcon> = { webhook: Webhook, slack: Hash, discord: Gamepad2 };

export function TypeIcon({ type }: { type: EndpointType }) {
  const Icon = icons[type];
  return (
    <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-raised text-gold-ink">
      <Icon aria-hidden className="size-5" />
    </span>
  );
}
