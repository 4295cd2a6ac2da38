'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { Pencil } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button } from '@/components/ui/button';
import { NameHeading } from '@/components/ui/name-heading';
import { textOf } from '@/lib/form-text';
import { useMay } from '@/lib/use-may';
import { useVideoActions } from './use-video-actions';

/** The title, and in its place the field that changes it. Enter saves, Escape leaves it as it was. */
export function TitleEditor({ video }: { video: VideoRead }) {
  const t = useTranslations('Video');
  const may = useMay('video:write');
  const [isEditing, setEditing] = useState(false);
  const { rename } = useVideoActions(video.id);

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const title = textOf(new FormData(event.currentTarget), 'title').trim();
    if (!title || title === video.title) return setEditing(false);
    rename.mutate(title, { onSuccess: () => setEditing(false) });
  }

  if (!may || !isEditing) {
    return (
      <div className="flex items-start gap-2">
        <NameHeading>{video.title}</NameHeading>
        {may && (
          <Button
            variant="ghost"
            size="icon"
            className="size-10 shrink-0 text-muted"
            aria-label={t('editTitle')}
            title={t('editTitle')}
            onClick={() => setEditing(true)}
          >
            <Pencil aria-hidden />
          </Button>
        )}
      </div>
    );
  }
  return (
    <form onSubmit={save} className="flex flex-wrap items-center gap-2">
      {/* What was just asked for is where the typing goes. */}
      <input
        autoFocus
        name="title"
        aria-label={t('title')}
        defaultValue={video.title}
        maxLength={200}
        onFocus={(event) => event.currentTarget.select()}
        onKeyDown={(event) => event.key === 'Escape' && setEditing(false)}
        className="h-11 min-w-0 flex-1 basis-64 rounded-lg border border-input bg-surface px-3 text-lg"
      />
      <Button type="submit" isBusy={rename.isPending}>
        {t('saveTitle')}
      </Button>
      <Button variant="ghost" onClick={() => setEditing(false)}>
        {t('keepTitle')}
      </Button>
    </form>
  );
}
