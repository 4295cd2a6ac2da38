'use client';
import type { IdentityRead, Provider } from '@ultrarslanoglu/api-client';
import { signInSettingsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { identitiesQuery, linkIdentity, unlinkIdentity } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ProviderLogo } from '@/components/ui/provider-logo';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { isProvider, providerNames } from '@/lib/providers';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { EndOthersNotice } from './end-others-notice';
import { useSecurityAction } from './use-security-action';

export function IdentitiesSection() {
  const [isChanged, setChanged] = useState(false);
  const t = useTranslations('Security.identities');
  const identities = useQuery(identitiesQuery(api));
  const list = useFocusKeeper<HTMLUListElement>();
  const settings = useQuery(signInSettingsQuery(api));
  if (!identities.data) {
    return (
      <NotLoaded query={identities}>
        <Skeleton className="h-24" />
      </NotLoaded>
    );
  }
  const { items } = identities.data;
  // One that was linked stays in the list when the installation offers it no more.
  const offered = (settings.data?.providers ?? []).filter(isProvider);
  const missing = offered.filter((each) => !items.some((identity) => identity.provider === each));
  if (items.length + missing.length === 0) return <p className="leading-relaxed text-muted">{t('none')}</p>;
  return (
    <div className="grid gap-5">
      <ul ref={list} className="divide-y">
        {items.map((identity) => (
          <LinkedRow key={identity.id} identity={identity} onUnlinked={() => setChanged(true)} />
        ))}
        {missing.map((provider) => (
          <OfferedRow key={provider} provider={provider} />
        ))}
      </ul>
      {isChanged && <EndOthersNotice onDone={() => setChanged(false)} />}
    </div>
  );
}

interface LinkedProps {
  identity: IdentityRead;
  onUnlinked: () => void;
}

function LinkedRow({ identity, onUnlinked }: LinkedProps) {
  const t = useTranslations('Security.identities');
  const [isAsking, setAsking] = useState(false);
  const provider = providerNames[identity.provider];
  const unlink = useSecurityAction({
    run: () => unlinkIdentity(api, identity.id),
    touches: ['identities'],
    onSuccess: () => {
      toast.success(t('unlinked', { provider }));
      onUnlinked();
    },
  });
  return (
    <li data-row className="flex items-center gap-4 py-4 first:pt-0 last:pb-0">
      <ProviderLogo provider={identity.provider} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{provider}</p>
        <p className="truncate text-sm text-muted">{identity.email}</p>
      </div>
      <Button
        variant="outline"
        size="sm"
        aria-label={t('unlinkNamed', { provider })}
        onClick={() => setAsking(true)}
      >
        {t('unlink')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('unlinkTitle', { provider })}
        confirm={t('unlink')}
        isDanger
        isBusy={unlink.isPending}
        onConfirm={() => unlink.mutate(undefined, { onSettled: () => setAsking(false) })}
      >
        {t('unlinkText', { provider })}
      </ConfirmDialog>
    </li>
  );
}

function OfferedRow({ provider }: { provider: Provider }) {
  const t = useTranslations('Security.identities');
  const link = useSecurityAction({
    run: () => linkIdentity(api, provider),
    touches: [],
    onSuccess: ({ url }) => window.location.assign(url),
  });
  const name = providerNames[provider];
  return (
    <li data-row className="flex items-center gap-4 py-4 first:pt-0 last:pb-0">
      <ProviderLogo provider={provider} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-muted">{t('notLinked')}</p>
      </div>
      <Button
        variant="outline"
        size="sm"
        aria-label={t('linkNamed', { provider: name })}
        isBusy={link.isPending || link.isSuccess}
        onClick={() => link.mutate()}
      >
        {t('link')}
      </Button>
    </li>
  );
}
