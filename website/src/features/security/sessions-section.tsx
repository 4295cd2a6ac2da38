'use client';
import type { SessionRead } from '@ultrarslanoglu/api-client';
import { endOtherSessions, endSession, sessionsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { useSecurityAction } from './use-security-action';

export function SessionsSection() {
  const t = useTranslations('Security.sessions');
  const sessions = useQuery(sessionsQuery(api));
  const list = useFocusKeeper<HTMLDivElement>();
  const endOne = useSecurityAction({ run: (id: string) => endSession(api, id), touches: ['sessions'] });
  const endOthers = useSecurityAction({ run: () => endOtherSessions(api), touches: ['sessions'] });

  if (!sessions.data) {
    return (
      <NotLoaded query={sessions}>
        <Skeleton className="h-24" />
      </NotLoaded>
    );
  }
  const { items } = sessions.data;
  return (
    <div ref={list} className="grid gap-5">
      <ul className="divide-y">
        {items.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isEnding={endOne.isPending && endOne.variables === session.id}
            onEnd={() => endOne.mutate(session.id)}
          />
        ))}
      </ul>
      {items.some((session) => !session.is_current) && (
        <Button
          variant="danger"
          className="justify-self-start"
          isBusy={endOthers.isPending}
          onClick={() => endOthers.mutate()}
        >
          {t('endOthers')}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  session: SessionRead;
  isEnding: boolean;
  onEnd: () => void;
}

function SessionRow({ session, isEnding, onEnd }: RowProps) {
  const t = useTranslations('Security.sessions');
  const device = session.device || t('unknownDevice');
  return (
    <li data-row className="flex items-center gap-4 py-4 first:pt-0 last:pb-0">
      <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">{device}</p>
        <p className="text-sm text-muted">
          <span title={session.ip}>{session.place}</span> · <RelativeTime value={session.last_seen_at} />
        </p>
      </div>
      {session.is_current ? (
        <span className="shrink-0 rounded-full border px-3 py-1 text-xs font-medium text-success">
          {t('current')}
        </span>
      ) : (
        <Button
          size="sm"
          variant="outline"
          isBusy={isEnding}
          aria-label={t('endNamed', { device })}
          onClick={onEnd}
        >
          {t('end')}
        </Button>
      )}
    </li>
  );
}
