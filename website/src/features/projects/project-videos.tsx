'use client';
import type { ProjectRead, ProjectVideoRead } from '@ultrarslanoglu/api-client';
import { projectVideosQuery } from '@ultrarslanoglu/api-client/queries/projects';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Film, ImageIcon, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ListResults } from '@/components/ui/list-results';
import { SectionHeading } from '@/components/ui/section-heading';
import { Skeleton } from '@/components/ui/skeleton';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { itemsOf } from '@/lib/items-of';
import { useFocusKeeper } from '@/lib/use-focus-keeper';
import { AddVideos } from './add-videos';
import { Cover } from './cover';
import { useProjectActions } from './use-project-actions';

interface Props {
  project: ProjectRead;
  canChange: boolean;
}

export function ProjectVideos({ project, canChange }: Props) {
  const t = useTranslations('Project.videos');
  const [isAdding, setAdding] = useState(false);
  const keeper = useFocusKeeper<HTMLUListElement>();
  const list = useInfiniteQuery(projectVideosQuery(api, project.id));
  const items = itemsOf(list.data);
  const addButton = (
    <Button size="sm" onClick={() => setAdding(true)}>
      <Plus aria-hidden />
      {t('add')}
    </Button>
  );
  return (
    <section aria-labelledby="videos" className="min-w-0">
      <SectionHeading id="videos" action={canChange && items.length > 0 && addButton}>
        {t('title')}
      </SectionHeading>
      <ListResults
        list={list}
        items={items}
        loading={t('loading')}
        skeleton={<Skeleton className="h-48 rounded-card" />}
        empty={
          <EmptyState icon={Film} title={t('none.title')} action={canChange && addButton}>
            {canChange ? t('none.text') : t('none.readOnly')}
          </EmptyState>
        }
      >
        <div className="@container">
          <ul
            ref={keeper}
            aria-label={t('title')}
            className="grid gap-4 @md:grid-cols-2 @3xl:grid-cols-3 @5xl:grid-cols-4"
          >
            {items.map((video) => (
              <VideoItem key={video.id} video={video} project={project} canChange={canChange} />
            ))}
          </ul>
        </div>
      </ListResults>
      <AddVideos
        projectId={project.id}
        isOpen={isAdding}
        onClose={() => setAdding(false)}
        present={new Set(items.map(({ id }) => id))}
      />
    </section>
  );
}

function VideoItem({ video, project, canChange }: Props & { video: ProjectVideoRead }) {
  const t = useTranslations('Project.videos');
  const { setCover, takeOut } = useProjectActions(project.id);
  const { id, title } = video;
  const isCover = project.cover_video_id === id;
  return (
    <li data-row className="overflow-hidden rounded-card border bg-surface">
      <Cover videoId={video.has_poster ? id : null} icon={Film} />
      <div className="grid gap-1 p-3">
        <p className="truncate font-medium" title={title}>
          <Link href={`/videos/${id}`} className="rounded hover:underline">
            {title}
          </Link>
        </p>
        {canChange && (
          <div className="-ml-2 flex flex-wrap justify-between gap-1">
            <Button
              size="sm"
              variant="ghost"
              className="px-2 text-muted"
              disabled={!video.has_poster}
              aria-pressed={isCover}
              aria-label={t('coverNamed', { title })}
              isBusy={setCover.isPending}
              onClick={() => setCover.mutate(isCover ? null : id)}
            >
              {!setCover.isPending && (
                <ImageIcon aria-hidden className={isCover ? 'text-gold-ink' : undefined} />
              )}
              {isCover ? t('isCover') : t('cover')}
            </Button>
            <Button
              size="sm"
              variant="ghost"
              className="px-2 text-muted"
              aria-label={t('removeNamed', { title })}
              isBusy={takeOut.isPending}
              onClick={() => takeOut.mutate({ id, wasCover: isCover })}
            >
              {!takeOut.isPending && <X aria-hidden />}
              {t('remove')}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}
