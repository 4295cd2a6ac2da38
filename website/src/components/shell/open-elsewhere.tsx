'use client';
import { switchWorkspace } from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { api } from '@/lib/api';
import { enterWorkspace } from '@/lib/session/enter-workspace';
import { useElsewhere } from '@/lib/use-elsewhere';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Goes to the workspace that the link speaks of, and opens the same page there; nothing where that is the present one, or none of this person's. */
export function OpenElsewhere() {
  const t = useTranslations('Workspace');
  const sentence = useErrorSentence();
  const there = useElsewhere();
  const change = useMutation({
    mutationFn: (id: string) => switchWorkspace(api, id),
    // Without the hash: an address with one, and otherwise the same, would not be loaded again.
    onSuccess: () => enterWorkspace(window.location.pathname + window.location.search),
    onError: (error) => void toast.error(sentence(error)),
  });
  if (!there) return null;
  return (
    <Button
      onClick={() => change.mutate(there.id)}
      isBusy={change.isPending || change.isSuccess}
      className="max-w-full justify-self-start"
    >
      <span className="truncate">{t('openThere', { name: there.name })}</span>
    </Button>
  );
}
