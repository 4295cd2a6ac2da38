'use client';
import type { AuditEntry } from '@ultrarslanoglu/api-client';
import { Ban, ChevronDown, CircleAlert, CircleCheck, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { RelativeTime } from '@/components/ui/relative-time';
import { cn } from '@/lib/cn';
import { AuditDetails } from './audit-details';
import { useActionName } from './use-action-name';

const looks: Record<AuditEntry['outcome'], { icon: LucideIcon; tone: string }> = {
  ok: { icon: CircleCheck, tone: 'text-success' },
  refused: { icon: Ban, tone: 'text-warning' },
  failed: { icon: CircleAlert, tone: 'text-danger' },
};

/** One entry in a line: what, who, with which outcome, when; the line opens the rest. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const t = useTranslations('Audit');
  const actionName = useActionName();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const { icon: Icon, tone } = looks[entry.outcome];
  const who = entry.user_name ?? (entry.user_id ? t('gone') : t('system'));
  return (
    <li data-action={entry.action}>
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
            <span className="min-w-0 font-medium break-words">{actionName(entry.action)}</span>
            <RelativeTime value={entry.at} className="shrink-0 text-xs text-muted" />
          </span>
          <span className="mt-0.5 block text-sm leading-relaxed break-words text-muted">
            {who}
            {entry.key_id && ` (${t('byKey')})`} ·{' '}
            <span className={tone}>{t(`outcomes.${entry.outcome}`)}</span>
            {entry.ip && ` · ${entry.ip}`}
          </span>
        </span>
        <ChevronDown
          aria-hidden
          className={cn('mt-0.5 size-5 shrink-0 text-muted transition-transform', isOpen && 'rotate-180')}
        />
      </button>
      <div id={id} hidden={!isOpen}>
        {isOpen && <AuditDetails entry={entry} />}
      </div>
    </li>
  );
}
