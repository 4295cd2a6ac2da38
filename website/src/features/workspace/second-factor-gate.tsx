'use client';
import type { Me } from '@ultrarslanoglu/api-client';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { DoorOpen, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Link, usePathname, useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useWorkspaceActions } from './use-workspace-actions';

/** Pages that are about oneself: there one adds what is missing. */
const own = ['/settings', '/settings/security'];

interface Props {
  me: Me;
  children: ReactNode;
}

/** Where the workspace demands a second factor and one has none, its pages give way to the one that says what to do. Once it is there they come back by themselves. */
export function SecondFactorGate({ me: initial, children }: Props) {
  const me = useQuery(meQuery(api)).data ?? initial;
  const path = usePathname();
  const router = useRouter();
  const client = useQueryClient();
  const [wasKeptOut, setKeptOut] = useState(initial.lacks_second_factor);
  if (me.lacks_second_factor && !wasKeptOut) setKeptOut(true);
  const known = useRef(initial.lacks_second_factor);
  const follow = useEffectEvent((isKeptOut: boolean) => {
    if (isKeptOut === known.current) return;
    known.current = isKeptOut;
    // Whatever was refused is asked for again.
    if (!isKeptOut) void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'auth' });
    router.refresh();
  });
  useEffect(() => follow(me.lacks_second_factor), [me.lacks_second_factor]);

  const isOwn = own.includes(path);
  if (me.lacks_second_factor && !isOwn) return <KeptOut name={me.workspace.name} />;
  return (
    <>
      {wasKeptOut && isOwn && <Reminder isOpen={!me.lacks_second_factor} name={me.workspace.name} />}
      {children}
    </>
  );
}

function KeptOut({ name }: { name: string }) {
  const t = useTranslations('Workspace.gate');
  const [isAsking, setAsking] = useState(false);
  const { leave } = useWorkspaceActions();
  return (
    <Card className="mx-auto grid max-w-xl justify-items-start gap-4">
      <span className="grid size-14 place-items-center rounded-2xl bg-raised text-gold-ink">
        <ShieldAlert aria-hidden className="size-6" />
      </span>
      <h1 className="font-display text-2xl leading-snug font-semibold break-words">{t('title', { name })}</h1>
      <p className="leading-relaxed text-muted">{t('text')}</p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button asChild>
          <Link href="/settings/security">
            <ShieldCheck aria-hidden />
            {t('setUp')}
          </Link>
        </Button>
        <Button variant="ghost" onClick={() => setAsking(true)}>
          <DoorOpen aria-hidden />
          {t('leave')}
        </Button>
      </div>
      <p className="text-sm leading-relaxed text-muted">{t('elsewhere')}</p>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('leaveAsk')}
        confirm={t('leave')}
        isDanger
        isBusy={leave.isPending || leave.isSuccess}
        onConfirm={() => leave.mutate(undefined, { onError: () => setAsking(false) })}
      >
        {t('leaveText')}
      </ConfirmDialog>
    </Card>
  );
}

/** On the page where it is added: what for, and then the way back. New recovery codes may be on the page, so nobody is led away from it. */
function Reminder({ isOpen, name }: { isOpen: boolean; name: string }) {
  const t = useTranslations('Workspace.gate');
  const Icon = isOpen ? ShieldCheck : ShieldAlert;
  return (
    <div
      role="status"
      className="mx-auto mb-6 flex w-full max-w-5xl flex-wrap items-center gap-x-4 gap-y-3 rounded-card border bg-surface px-5 py-4"
    >
      <Icon
        aria-hidden
        className={isOpen ? 'size-5 shrink-0 text-success' : 'size-5 shrink-0 text-warning'}
      />
      <p className="min-w-0 flex-1 basis-56 leading-relaxed break-words">
        {t(isOpen ? 'open' : 'reminder', { name })}
      </p>
      {isOpen && (
        <Button asChild size="sm">
          <Link href="/dashboard">{t('goOn')}</Link>
        </Button>
      )}
    </div>
  );
}
