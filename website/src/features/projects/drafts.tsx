'use client';
import type { DraftRead } from '@ultrarslanoglu/api-client';
import {
  deleteDraft,
  draftsQuery,
  projectKeys,
  updateDraft,
} from '@ultrarslanoglu/api-client/queries/projects';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Check, Copy, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LoadMore } from '@/components/ui/load-more';
import { RelativeTime } from '@/components/ui/relative-time';
import { SectionHeading } from '@/components/ui/section-heading';
import { TextArea } from '@/components/ui/text-area';
import { api } from '@/lib/api';
import { textOf } from '@/lib/form-text';
import { itemsOf } from '@/lib/items-of';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useFocusKeeper } from '@/lib/use-focus-keeper';

interface Props {
  projectId: string;
  canChange: boolean;
}

/** Texts for posts that were made of releases; nothing while there are none. */
export function Drafts({ projectId, canChange }: Props) {
  const t = useTranslations('Project.drafts');
  const keeper = useFocusKeeper<HTMLUListElement>();
  const list = useInfiniteQuery(draftsQuery(api, projectId));
  const items = itemsOf(list.data);
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="drafts" className="min-w-0">
      <SectionHeading id="drafts">{t('title')}</SectionHeading>
      <ul ref={keeper} className="grid gap-4">
        {items.map((draft) => (
          <li key={draft.id} data-row>
            <DraftCard draft={draft} projectId={projectId} canChange={canChange} />
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </section>
  );
}

function DraftCard({ draft, projectId, canChange }: Props & { draft: DraftRead }) {
  const t = useTranslations('Project.drafts');
  const common = useTranslations('Common');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const [isEditing, setEditing] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const readAgain = () => client.invalidateQueries({ queryKey: projectKeys.drafts(projectId) });
  const update = useMutation({
    mutationFn: (body: string) => updateDraft(api, projectId, draft.id, body),
    onSuccess: () => {
      setEditing(false);
      return readAgain();
    },
    onError: (error: Error) => void toast.error(sentence(error)),
  });
  const remove = useMutation({
    mutationFn: () => deleteDraft(api, projectId, draft.id),
    onSuccess: () => {
      keep();
      toast(t('deleted'));
      return readAgain();
    },
  });
  const source = `${draft.repository} ${draft.tag}`;

  function keep() {
    setAsking(false);
    if (remove.isError) remove.reset();
  }
  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const body = textOf(new FormData(event.currentTarget), 'body').trim();
    if (!body || body === draft.body) return setEditing(false);
    update.mutate(body);
  }
  async function copy() {
    try {
      await navigator.clipboard.writeText(draft.body);
      setCopied(true);
      setTimeout(() => setCopied(false), 3_000);
    } catch {
      // Browsers give the clipboard to secure origins only; the text can still be selected by hand.
    }
  }

  return (
    <Card className="grid grid-cols-1 gap-4">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm text-muted">
        <a
          href={draft.url}
          target="_blank"
          rel="noreferrer"
          className="rounded font-medium text-fg hover:underline"
        >
          {source}
        </a>
        · <RelativeTime value={draft.updated_at} />
      </p>
      {isEditing ? (
        <form onSubmit={save} className="grid gap-3">
          <TextArea
            label={t('text')}
            name="body"
            rows={8}
            required
            maxLength={10_000}
            defaultValue={draft.body}
          />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" size="sm" isBusy={update.isPending}>
              {t('save')}
            </Button>
            <Button size="sm" variant="ghost" onClick={() => setEditing(false)}>
              {common('cancel')}
            </Button>
          </div>
        </form>
      ) : (
        <>
          <p lang={draft.language} className="max-w-3xl leading-relaxed break-words whitespace-pre-line">
            {draft.body}
          </p>
          <div className="flex flex-wrap gap-2">
            <Button size="sm" variant="outline" onClick={() => void copy()}>
              {isCopied ? <Check aria-hidden className="text-success" /> : <Copy aria-hidden />}
              <span role="status">{isCopied ? common('copied') : common('copy')}</span>
            </Button>
            {canChange && (
              <>
                <Button size="sm" variant="outline" onClick={() => setEditing(true)}>
                  <Pencil aria-hidden />
                  {t('edit')}
                </Button>
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={t('deleteNamed', { source })}
                  onClick={() => setAsking(true)}
                >
                  <Trash2 aria-hidden />
                  {t('delete')}
                </Button>
              </>
            )}
          </div>
        </>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        onClose={keep}
        title={t('deleteAsk.title')}
        confirm={t('delete')}
        isDanger
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        {t('deleteAsk.text', { source })}
      </ConfirmDialog>
    </Card>
  );
}
