'use client';
import type { InvitationRead } from '@ultrarslanoglu/api-client';
import { invitationsQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useQuery } from '@tanstack/react-query';
import { Mail, RotateCw, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Moment } from '@/components/ui/moment';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { WhyNot } from '@/components/ui/why-not';
import { api } from '@/lib/api';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { useMay } from '@/lib/use-may';
import { InviteForm } from './invite-form';
import { useInvitationActions } from './use-invitation-actions';

/** Inviting somebody, and the invitations that nobody has accepted yet. */
export function InvitationList() {
  const t = useTranslations('Members');
  const may = useMay('members:write');
  if (!may) return <WhyNot>{t('inviteWhyNot')}</WhyNot>;
  return (
    <div className="grid gap-6">
      <InviteForm />
      <OpenInvitations />
    </div>
  );
}

function OpenInvitations() {
  const t = useTranslations('Members.invitations');
  const invitations = useQuery(invitationsQuery(api));
  const { resend, withdraw } = useInvitationActions();
  const list = useFocusKeeper<HTMLUListElement>();
  const [asked, setAsked] = useState<InvitationRead | null>(null);
  const close = () => setAsked(null);
  const items = invitations.data?.items;

  if (!items) {
    return (
      <NotLoaded query={invitations}>
        <Skeleton className="h-16" />
      </NotLoaded>
    );
  }
  return (
    <div>
      <h3 className="text-sm font-medium">{t('title')}</h3>
      {items.length === 0 && <p className="mt-1 text-sm text-muted">{t('none')}</p>}
      <ul ref={list} aria-label={t('title')} className="mt-1 divide-y">
        {items.map((invitation) => (
          <InvitationRow
            key={invitation.id}
            invitation={invitation}
            isSending={resend.isPending && resend.variables.id === invitation.id}
            onResend={() => resend.mutate(invitation)}
            onWithdraw={() => setAsked(invitation)}
          />
        ))}
      </ul>
      <ConfirmDialog
        isOpen={asked !== null}
        onClose={close}
        title={t('withdrawAsk.title')}
        confirm={t('withdraw')}
        isDanger
        isBusy={withdraw.isPending}
        onConfirm={() => asked && withdraw.mutate(asked, { onSettled: close })}
      >
        {t('withdrawAsk.text', { email: asked?.email ?? '' })}
      </ConfirmDialog>
    </div>
  );
}

interface RowProps {
  invitation: InvitationRead;
  isSending: boolean;
  onResend: () => void;
  onWithdraw: () => void;
}

function InvitationRow({ invitation, isSending, onResend, onWithdraw }: RowProps) {
  const t = useTranslations('Members.invitations');
  const roleName = useTranslations('Members.roles');
  const { email, role, invited_by: inviter, expires_at: expiresAt, is_expired: isExpired } = invitation;
  return (
    <li data-row data-invitation={email} className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4">
      <Mail aria-hidden className="hidden size-5 shrink-0 text-muted sm:block" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium break-words">{email}</p>
        <p className="text-sm text-muted">
          {roleName(role)} · {t('by', { name: inviter })} ·{' '}
          {isExpired ? (
            <span className="text-warning">{t('expired')}</span>
          ) : (
            t.rich('expires', { time: () => <Moment value={expiresAt} /> })
          )}
        </p>
      </div>
      <div className="flex gap-2">
        <Button
          size="sm"
          variant="outline"
          isBusy={isSending}
          aria-label={t('resendTo', { email })}
          onClick={onResend}
        >
          {!isSending && <RotateCw aria-hidden />}
          {t('resend')}
        </Button>
        <Button size="sm" variant="ghost" aria-label={t('withdrawFrom', { email })} onClick={onWithdraw}>
          <X aria-hidden />
          {t('withdraw')}
        </Button>
      </div>
    </li>
  );
}
