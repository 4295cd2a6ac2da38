'use client';
import type { NotificationRead } from '@ultrarslanoglu/api-client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { ExternalLink, Mail, MailOpen, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/ui/relative-time';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { KindIcon } from './kind-icon';
import { hrefFrom } from './href-from';
import { useNotificationActions } from './use-notification-actions';

interface Props {
  notification: NotificationRead;
  /** In the bell: no deleting, less room. */
  isCompact?: boolean;
  onOpen?: () => void;
}

/** One notification. The whole row leads to what it is about; its buttons lie above that. */
export function NotificationRow({ notification, isCompact, onOpen }: Props) {
  const t = useTranslations('Notifications');
  const { read, unread, remove } = useNotificationActions();
  const { id, title, body, workspace } = notification;
  const here = useQuery({ ...meQuery(api), enabled: false }).data?.workspace.id;
  const isUnread = notification.read_at === null;
  const toggle = isUnread ? t('markRead', { title }) : t('markUnread', { title });
  return (
    <li
      data-row
      data-unread={isUnread || undefined}
      className={cn(
        'group relative flex items-start gap-3 transition-colors hover:bg-raised/60',
        isCompact ? 'py-3 pr-2 pl-4' : 'py-4 pr-3 pl-4 sm:pl-5',
      )}
    >
      {isUnread && <span aria-hidden className="absolute inset-y-0 left-0 w-1 bg-primary" />}
      <KindIcon kind={notification.kind} />
      <div className="min-w-0 flex-1">
        <p className={cn('leading-snug break-words', isUnread ? 'font-semibold' : 'font-medium')}>
          <RowLink
            href={hrefFrom(here, notification.href, workspace?.id)}
            onOpen={() => {
              if (isUnread) read.mutate(id);
              onOpen?.();
            }}
          >
            {isUnread && <span className="sr-only">{t('isUnread')} </span>}
            {title}
          </RowLink>
        </p>
        {body && (
          <p
            className={cn(
              'mt-0.5 text-sm leading-relaxed break-words text-muted',
              isCompact && 'line-clamp-2',
            )}
          >
            {body}
          </p>
        )}
        <p className="text-xs break-words text-muted">
          <RelativeTime value={notification.created_at} />
          {workspace && workspace.id !== here && ` · ${workspace.name}`}
        </p>
      </div>
      <div className="relative flex shrink-0 flex-col sm:flex-row">
        <RowButton label={toggle} onClick={() => (isUnread ? read : unread).mutate(id)}>
          {isUnread ? <MailOpen aria-hidden /> : <Mail aria-hidden />}
        </RowButton>
        {!isCompact && (
          <RowButton label={t('delete', { title })} onClick={() => remove(notification)}>
            <Trash2 aria-hidden />
          </RowButton>
        )}
      </div>
    </li>
  );
}

/** Covers the whole row. A note may lead to another site. */
function RowLink({ href, onOpen, children }: { href: string; onOpen: () => void; children: ReactNode }) {
  const t = useTranslations('Notifications');
  const attributes = {
    href,
    'data-item': true,
    onClick: onOpen,
    className:
      'after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring',
  };
  if (href.startsWith('/')) return <Link {...attributes}>{children}</Link>;
  return (
    <a {...attributes} target="_blank" rel="noopener noreferrer">
      {children}
      <ExternalLink aria-hidden className="ml-1.5 inline size-3.5 text-muted" />
      <span className="sr-only"> {t('otherSite')}</span>
    </a>
  );
}

function RowButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onClick}
      className="grid size-10 place-items-center rounded-lg text-muted transition-colors hover:bg-raised hover:text-fg [&_svg]:size-4"
    >
      {children}
    </button>
  );
}
