'use client';
import { endOtherSessions, sessionsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api';
import { useSecurityAction } from './use-security-action';

/** After a way to sign in was added or removed: whoever is signed in elsewhere came by the ways of before. An offer in its place, nothing that stands in the way. */
export function EndOthersNotice({ onDone }: { onDone?: () => void }) {
  const t = useTranslations('Security.sessions.notice');
  const others = useQuery(sessionsQuery(api)).data?.items.filter((each) => !each.is_current).length ?? 0;
  const end = useSecurityAction({
    run: () => endOtherSessions(api),
    touches: ['sessions'],
    onSuccess: () => {
      toast.success(t('done'));
      onDone?.();
    },
  });
  if (others === 0 || end.isSuccess) return null;
  return (
    <Alert
      tone="warning"
      action={
        <span className="flex flex-wrap gap-2">
          {onDone && (
            <Button size="sm" variant="ghost" onClick={onDone}>
              {t('leave')}
            </Button>
          )}
          <Button size="sm" variant="outline" isBusy={end.isPending} onClick={() => end.mutate()}>
            {t('end')}
          </Button>
        </span>
      }
    >
      {t('text', { count: others })}
    </Alert>
  );
}
