'use client';
import type { ReleaseRead } from '@ultrarslanoglu/api-client';
import { draftRelease, projectKeys } from '@ultrarslanoglu/api-client/queries/projects';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { PenLine } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { RelativeTime } from '@/components/ui/relative-time';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

interface Props {
  release: ReleaseRead;
  projectId: string;
  canChange: boolean;
}

/** The last release, and the text for a post that can be made of it. */
export function ReleaseRow({ release, projectId, canChange }: Props) {
  const t = useTranslations('Project.repositories');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const draft = useMutation({
    mutationFn: () => draftRelease(api, projectId, release.id),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: projectKeys.drafts(projectId) });
      toast.success(t('drafted'));
      // The new text stands further down.
      document.getElementById('drafts')?.scrollIntoView({ behavior: 'smooth', block: 'start' });
    },
    onError: (error) => void toast.error(sentence(error)),
  });
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg bg-raised px-4 py-3">
      <div className="min-w-0 flex-1 basis-40 text-sm">
        <p className="truncate font-medium">
          <a href={release.url} target="_blank" rel="noreferrer" className="rounded hover:underline">
            {release.name || release.tag}
            <span className="sr-only"> {t('newTab')}</span>
          </a>
        </p>
        <p className="text-xs text-muted">
          <RelativeTime value={release.published_at} />
        </p>
      </div>
      {canChange && (
        <Button
          size="sm"
          variant="outline"
          isBusy={draft.isPending}
          aria-label={t('draftNamed', { tag: release.tag })}
          onClick={() => draft.mutate()}
        >
          {!draft.isPending && <PenLine aria-hidden />}
          {t('draft')}
        </Button>
      )}
    </div>
  );
}
