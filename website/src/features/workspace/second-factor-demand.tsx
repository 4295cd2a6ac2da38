'use client';
import type { Me } from '@ultrarslanoglu/api-client';
import { authKeys, meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { factorsQuery, hasSecondFactor } from '@ultrarslanoglu/api-client/queries/security';
import {
  demandSecondFactor,
  membersQuery,
  workspaceKeys,
} from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { toast } from 'sonner';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { WhyNot } from '@/components/ui/why-not';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useMay } from '@/lib/use-may';

/** Whether everybody here needs a second factor. Owners decide it, who have one themselves. */
export function SecondFactorDemand() {
  const t = useTranslations('Workspace.secondFactor');
  const mayOwn = useMay('workspace:own');
  const isOn = useQuery(meQuery(api)).data?.workspace.requires_second_factor;
  if (isOn === undefined) return <Skeleton className="h-12" />;
  if (mayOwn) return <Choice isOn={isOn} />;
  return (
    <div className="grid gap-3">
      <p className="font-medium">{t(isOn ? 'isOn' : 'isOff')}</p>
      <WhyNot>{t('whyNot')}</WhyNot>
    </div>
  );
}

function Choice({ isOn }: { isOn: boolean }) {
  const t = useTranslations('Workspace.secondFactor');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const [isAsking, setAsking] = useState(false);
  const factors = useQuery(factorsQuery(api)).data;
  const members = useQuery(membersQuery(api)).data?.items ?? [];
  const without = members.filter((each) => each.has_second_factor === false).length;
  const lacksOwn = factors !== undefined && !hasSecondFactor(factors);
  const change = useMutation({
    mutationFn: (isRequired: boolean) => demandSecondFactor(api, isRequired),
    onSuccess: (workspace) => {
      client.setQueryData<Me>(authKeys.me, (me) => me && { ...me, workspace });
      void client.invalidateQueries({ queryKey: authKeys.me });
      void client.invalidateQueries({ queryKey: workspaceKeys.all });
      toast.success(t(workspace.requires_second_factor ? 'turnedOn' : 'turnedOff'));
    },
    onError: (error) => void toast.error(sentence(error)),
    onSettled: () => setAsking(false),
  });

  return (
    <div className="grid gap-3">
      <label className="flex items-start justify-between gap-4">
        <span className="min-w-0">
          <span className="block font-medium">{t('label')}</span>
          <span className="mt-0.5 block text-sm leading-relaxed text-muted">{t('hint')}</span>
        </span>
        <Switch
          checked={isOn}
          disabled={change.isPending || (lacksOwn && !isOn)}
          onChange={() => (isOn ? change.mutate(false) : setAsking(true))}
        />
      </label>
      {lacksOwn && (
        <WhyNot>
          {t.rich(isOn ? 'ownGone' : 'ownFirst', {
            link: (chunks: ReactNode) => (
              <Link href="/settings/security" className="font-medium text-fg underline underline-offset-4">
                {chunks}
              </Link>
            ),
          })}
        </WhyNot>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('ask')}
        confirm={t('turnOn')}
        isBusy={change.isPending}
        onConfirm={() => change.mutate(true)}
      >
        {t('askText', { count: without })}
      </ConfirmDialog>
    </div>
  );
}
