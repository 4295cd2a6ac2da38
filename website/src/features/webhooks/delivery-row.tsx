'use client';
import type { DeliveryRead } from '@ultrarslanoglu/api-client';
import { ChevronDown, CircleAlert, CircleCheck, Clock, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Moment } from '@/components/ui/moment';
import { RelativeTime } from '@/components/ui/relative-time';
import { cn } from '@/lib/cn';
import { DeliveryDetails } from './delivery-details';
import { useKindName } from './use-kinds';

const looks: Record<DeliveryRead['state'], { icon: LucideIcon; tone: string }> = {
  pending: { icon: Clock, tone: 'text-info' },
  delivered: { icon: CircleCheck, tone: 'text-success' },
  failed: { icon: CircleAlert, tone: 'text-danger' },
};

interface Props {
  delivery: DeliveryRead;
  endpointId: string;
}

/** One delivery in a line; the line opens what was sent and answered. */
export function DeliveryRow({ delivery, endpointId }: Props) {
  const t = useTranslations('Webhooks.deliveries');
  const kindName = useKindName();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { state, kind, response_status: status } = delivery;
  const { icon: Icon, tone } = looks[state];
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="flex w-full items-start gap-3 p-4 text-left transition-colors hover:bg-raised/60 focus-visible:-outline-offset-2 sm:px-5"
      >
        <Icon aria-hidden className={cn('mt-0.5 size-5 shrink-0', tone)} />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline justify-between gap-3">
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
              {kindName(kind)}
              {delivery.is_test && kind !== 'test' && <Tag>{t('test')}</Tag>}
              {delivery.replay_of && <Tag>{t('replay')}</Tag>}
            </span>
            <RelativeTime value={delivery.created_at} className="shrink-0 text-xs text-muted" />
          </span>
          <span className="mt-0.5 block text-sm leading-relaxed text-muted">
            <span className={tone}>{t(`states.${state}`)}</span>
            {status !== null && ` · ${t('httpStatus', { status })}`} ·{' '}
            {t('attempts', { count: delivery.attempts })}
            {state === 'pending' && delivery.next_attempt_at && (
              <>
                {' · '}
                {t.rich('next', { time: () => <Moment value={delivery.next_attempt_at ?? ''} /> })}
              </>
            )}
          </span>
          {state !== 'delivered' && delivery.error && (
            <span className="mt-0.5 block text-sm leading-relaxed break-words">{delivery.error}</span>
          )}
        </span>
        <ChevronDown
          aria-hidden
          className={cn('mt-0.5 size-5 shrink-0 text-muted transition-transform', isOpen && 'rotate-180')}
        />
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && <DeliveryDetails id={delivery.id} endpointId={endpointId} />}
      </div>
    </li>
  );
}

const Tag = ({ children }: { children: string }) => (
  <span className="rounded-full border px-2 py-0.5 text-xs font-normal text-muted">{children}</span>
);
