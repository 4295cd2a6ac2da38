'use client';
import type { GitHubRead } from '@ultrarslanoglu/api-client';
import {
  connectGitHub,
  connectionKeys,
  disconnectGitHub,
  githubQuery,
} from '@ultrarslanoglu/api-client/queries/connections';
import { projectKeys } from '@ultrarslanoglu/api-client/queries/projects';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link2, Unlink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LoadError } from '@/components/ui/load-error';
import { Moment } from '@/components/ui/moment';
import { ProviderLogo } from '@/components/ui/provider-logo';
import { RelativeTime } from '@/components/ui/relative-time';
import { RoleNeeded } from '@/components/ui/role-needed';
import { Skeleton } from '@/components/ui/skeleton';
import { WhyNot } from '@/components/ui/why-not';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useMay } from '@/lib/use-may';
import { StateBadge } from './state-badge';

/** How the workspace stands with GitHub, and what can be done about it. */
export function GitHubCard() {
  const t = useTranslations('Connections.github');
  const github = useQuery(githubQuery(api));
  if (github.isError && !github.data) {
    return <LoadError error={github.error} onAgain={() => void github.refetch()} />;
  }
  return (
    <Card className="grid grid-cols-1 gap-5">
      <div className="flex flex-wrap items-start gap-4">
        <span className="grid size-12 shrink-0 place-items-center rounded-xl bg-raised">
          <ProviderLogo provider="github" />
        </span>
        <div className="min-w-0 flex-1 basis-64">
          <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1 font-semibold">
            {t('name')}
            {github.data && <StateBadge state={github.data.connection?.state ?? null} />}
          </h3>
          <p className="mt-1 leading-relaxed text-muted">{t('text')}</p>
        </div>
      </div>
      {github.data ? <Standing github={github.data} /> : <Skeleton className="h-16" />}
    </Card>
  );
}

function Standing({ github }: { github: GitHubRead }) {
  const t = useTranslations('Connections.github');
  const { connection } = github;
  return (
    <>
      {connection && (
        <p className="text-sm leading-relaxed">
          {t.rich('account', {
            login: connection.login,
            b: (chunks) => <strong className="font-semibold">{chunks}</strong>,
            time: () => <RelativeTime value={connection.connected_at} />,
          })}
        </p>
      )}
      {connection?.state === 'reconnect_needed' && (
        <Alert tone="warning" title={t('reconnect.title')}>
          {t('reconnect.text')}
        </Alert>
      )}
      {connection?.limited_until && (
        <p className="text-sm text-muted">
          {t.rich('limited', { time: () => <Moment value={connection.limited_until ?? ''} /> })}
        </p>
      )}
      <Actions github={github} />
    </>
  );
}

function Actions({ github: { is_available: isAvailable, connection } }: { github: GitHubRead }) {
  const t = useTranslations('Connections.github');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const may = useMay('connections:write');
  const [isAsking, setAsking] = useState(false);
  const onError = (error: Error) => void toast.error(sentence(error));
  const connect = useMutation({
    mutationFn: () => connectGitHub(api),
    onSuccess: ({ url }) => window.location.assign(url),
    onError,
  });
  const disconnect = useMutation({
    mutationFn: () => disconnectGitHub(api),
    onSuccess: () => {
      toast.success(t('disconnected'));
      void client.invalidateQueries({ queryKey: projectKeys.all });
      return client.invalidateQueries({ queryKey: connectionKeys.all });
    },
    onError,
    onSettled: () => setAsking(false),
  });
  if (!may) return <RoleNeeded>{t('whyNot')}</RoleNeeded>;
  if (!isAvailable && !connection) return <WhyNot>{t('unavailable')}</WhyNot>;
  return (
    <div className="flex flex-wrap gap-2">
      {connection?.state !== 'connected' && (
        <Button
          disabled={!isAvailable}
          isBusy={connect.isPending || connect.isSuccess}
          onClick={() => connect.mutate()}
        >
          {!connect.isPending && !connect.isSuccess && <Link2 aria-hidden />}
          {connection ? t('reconnect.action') : t('connect')}
        </Button>
      )}
      {connection && (
        <Button variant="danger" onClick={() => setAsking(true)}>
          <Unlink aria-hidden />
          {t('disconnect')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('ask.title')}
        confirm={t('disconnect')}
        isDanger
        isBusy={disconnect.isPending}
        onConfirm={() => disconnect.mutate()}
      >
        {t('ask.text')}
      </ConfirmDialog>
    </div>
  );
}
