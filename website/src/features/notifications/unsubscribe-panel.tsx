'use client';
import { isWorthRetrying } from '@ultrarslanoglu/api-client/errors';
import {
  subscribeAgain,
  subscriptionQuery,
  unsubscribe,
} from '@ultrarslanoglu/api-client/queries/notifications';
import { useMutation, useQuery } from '@tanstack/react-query';
import { MailCheck, MailX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Ends one kind of mail, and takes that back. Opening the page changes nothing: mail programs open links on their own. */
export function UnsubscribePanel({ token }: { token: string }) {
  const t = useTranslations('Unsubscribe');
  const sentence = useErrorSentence();
  const subscription = useQuery(subscriptionQuery(api, token));
  const change = useMutation({
    mutationFn: (isWanted: boolean) => (isWanted ? subscribeAgain : unsubscribe)(api, token),
  });

  // No answer, or a server that stumbled, says nothing about the link.
  if (!subscription.data && subscription.isError && !isWorthRetrying(subscription.error)) {
    return (
      <Frame title={t('invalid.title')}>
        <Alert>{sentence(subscription.error)}</Alert>
        <p className="mt-4 leading-relaxed text-muted">{t('invalid.text')}</p>
        <SettingsLink />
      </Frame>
    );
  }
  if (!subscription.data) {
    return (
      <Frame title={t('title')}>
        <NotLoaded query={subscription}>
          <Skeleton className="h-24" />
        </NotLoaded>
      </Frame>
    );
  }
  const { email, title, is_subscribed } = subscription.data;
  const isSubscribed = change.data?.is_subscribed ?? is_subscribed;
  const Icon = isSubscribed ? MailCheck : MailX;
  return (
    <Frame title={isSubscribed ? (change.data ? t('again.title') : t('title')) : t('done.title')}>
      <div role="status" className="flex gap-4">
        <span className="grid size-12 shrink-0 place-items-center rounded-2xl bg-raised text-gold-ink">
          <Icon aria-hidden className="size-6" />
        </span>
        <p className="min-w-0 leading-relaxed break-words">
          {t.rich(isSubscribed ? (change.data ? 'again.text' : 'question') : 'done.text', {
            email,
            kind: title,
            b: (chunks: ReactNode) => <strong className="font-semibold">{chunks}</strong>,
          })}
        </p>
      </div>
      {change.isError && (
        <div className="mt-4">
          <Alert>{sentence(change.error)}</Alert>
        </div>
      )}
      <Button
        className="mt-6 w-full"
        variant={isSubscribed ? 'primary' : 'outline'}
        isBusy={change.isPending}
        onClick={() => change.mutate(!isSubscribed)}
      >
        {isSubscribed ? t('action') : t('undo')}
      </Button>
      <SettingsLink />
    </Frame>
  );
}

const Frame = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card className="w-full max-w-lg p-6 sm:p-8">
    <h1 className="mb-6 font-display text-3xl leading-snug font-semibold">{title}</h1>
    {children}
  </Card>
);

function SettingsLink() {
  const t = useTranslations('Unsubscribe');
  return (
    <p className="mt-5 text-center text-sm text-muted">
      <Link
        href="/settings/notifications"
        className="rounded font-medium text-link underline underline-offset-4"
      >
        {t('settings')}
      </Link>
    </p>
  );
}
