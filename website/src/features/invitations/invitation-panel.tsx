'use client';
import type { Me } from '@ultrarslanoglu/api-client';
import { ApiError, isWorthRetrying } from '@ultrarslanoglu/api-client/errors';
import { acceptInvitation, invitationQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { Moment } from '@/components/ui/moment';
import { NameTile } from '@/components/ui/name-tile';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { getPathname, Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { enterWorkspace } from '@/lib/session/enter-workspace';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { OtherAccount } from './other-account';

interface Props {
  token: string;
  /** Who is signed in at this browser; null for nobody. */
  me: Me | null;
}

/** Who invites to what, and the way in. Opening the page changes nothing: mail programs open links on their own. */
export function InvitationPanel({ token, me }: Props) {
  const t = useTranslations('Invitations');
  const roleName = useTranslations('Members.roles');
  const roleText = useTranslations('Members.guide');
  const locale = useLocale();
  const sentence = useErrorSentence();
  const invitation = useQuery(invitationQuery(api, token));

  // No answer, or a server that stumbled, says nothing about the invitation.
  if (!invitation.data && invitation.isError && !isWorthRetrying(invitation.error)) {
    return (
      <Frame title={t('invalid.title')}>
        <Alert>{sentence(invitation.error)}</Alert>
        <p className="mt-4 leading-relaxed text-muted">{t('invalid.text')}</p>
        <Button asChild variant="outline" className="mt-6 w-full">
          <Link href={me ? '/dashboard' : '/login'}>{me ? t('toDashboard') : t('login')}</Link>
        </Button>
      </Frame>
    );
  }
  if (!invitation.data) {
    return (
      <Frame title={t('title')}>
        <NotLoaded query={invitation}>
          <Skeleton className="h-40" />
        </NotLoaded>
      </Frame>
    );
  }
  const { workspace, invited_by: inviter, role, email, expires_at: expiresAt } = invitation.data;
  const needsSecondFactor = invitation.data.requires_second_factor;
  return (
    <Frame title={t('title')}>
      <div className="flex items-center gap-4">
        <NameTile shape="place" name={workspace} locale={locale} className="size-14 rounded-2xl text-xl" />
        <p className="min-w-0 leading-relaxed break-words">
          {t.rich('text', {
            inviter,
            workspace,
            b: (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>,
          })}
        </p>
      </div>
      <dl className="mt-6 grid gap-3 rounded-lg bg-raised p-4 text-sm">
        <div>
          <dt className="text-muted">{t('role')}</dt>
          <dd className="mt-0.5">
            <span className="font-medium">{roleName(role)}</span>
            <span className="block leading-relaxed text-muted">{roleText(role)}</span>
          </dd>
        </div>
        <div>
          <dt className="text-muted">{t('sentTo')}</dt>
          <dd className="mt-0.5 font-medium break-words">{email}</dd>
        </div>
        <div>
          <dt className="text-muted">{t('validUntil')}</dt>
          <dd className="mt-0.5 font-medium">
            <Moment value={expiresAt} />
          </dd>
        </div>
        {needsSecondFactor && (
          <div>
            <dt className="text-muted">{t('secondFactor')}</dt>
            <dd className="mt-0.5 leading-relaxed">{t('secondFactorText')}</dd>
          </div>
        )}
      </dl>
      <div className="mt-6">
        {me ? <Accept token={token} me={me} email={email} /> : <SignInFirst token={token} />}
      </div>
    </Frame>
  );
}

function Accept({ token, me, email }: { token: string; me: Me; email: string }) {
  const t = useTranslations('Invitations');
  const locale = useLocale();
  const sentence = useErrorSentence();
  const [isConfirmed, setConfirmed] = useState(false);
  const accept = useMutation({
    mutationFn: () => acceptInvitation(api, token, isConfirmed),
    onSuccess: () => enterWorkspace(getPathname({ href: '/dashboard', locale })),
  });
  // Small and large letters are the same address to the gateway as well; if it still sees another one, it says so.
  const isOther =
    me.user.email.toLowerCase() !== email.toLowerCase() ||
    (accept.error instanceof ApiError && accept.error.code === 'invitation_for_other_address');

  return (
    <div className="grid gap-4">
      {isOther && (
        <Alert tone="warning" title={t('other.title')}>
          {t.rich('other.text', {
            invited: email,
            own: me.user.email,
            b: (chunks: ReactNode) => <strong className="font-semibold break-words">{chunks}</strong>,
          })}
        </Alert>
      )}
      {isOther && (
        <Checkbox
          label={t('other.confirm')}
          checked={isConfirmed}
          onChange={() => setConfirmed(!isConfirmed)}
        >
          <span className="leading-relaxed break-words">{t('other.confirm', { own: me.user.email })}</span>
        </Checkbox>
      )}
      {accept.isError && <Alert>{sentence(accept.error)}</Alert>}
      <Button
        className="w-full"
        disabled={isOther && !isConfirmed}
        isBusy={accept.isPending || accept.isSuccess}
        onClick={() => accept.mutate()}
      >
        {t('accept')}
      </Button>
      {!isOther && (
        <p className="text-center text-sm break-words text-muted">{t('as', { email: me.user.email })}</p>
      )}
      <OtherAccount token={token} />
    </div>
  );
}

function SignInFirst({ token }: { token: string }) {
  const t = useTranslations('Invitations');
  const locale = useLocale();
  const back = encodeURIComponent(getPathname({ href: `/invitations/${token}`, locale }));
  return (
    <div className="grid gap-3">
      <p className="text-sm leading-relaxed text-muted">{t('signInFirst')}</p>
      <Button asChild>
        <Link href={`/login?next=${back}`}>{t('login')}</Link>
      </Button>
      <Button asChild variant="outline">
        <Link href={`/register?next=${back}`}>{t('register')}</Link>
      </Button>
    </div>
  );
}

const Frame = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card className="w-full max-w-lg p-6 sm:p-8">
    <h1 className="mb-6 font-display text-3xl leading-snug font-semibold">{title}</h1>
    {children}
  </Card>
);
