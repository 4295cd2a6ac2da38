'use client';
import type { ProjectRead } from '@ultrarslanoglu/api-client';
import { Clapperboard } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';
import { Link } from '@/i18n/navigation';
import { Cover } from './cover';

export function ProjectCard({ project }: { project: ProjectRead }) {
  const t = useTranslations('Projects');
  return (
    <article className="group relative h-full overflow-hidden rounded-card border bg-surface transition-colors focus-within:border-ring hover:border-input">
      <Cover videoId={project.cover_video_id} />
      <div className="grid gap-2.5 p-4">
        <h3 className="truncate font-medium" title={project.name}>
          {/* The link covers the whole card, so that one stop of the Tab key is enough for it. */}
          <Link
            href={`/projects/${project.id}`}
            className="outline-none after:absolute after:inset-0 after:rounded-card focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-ring"
          >
            {project.name}
          </Link>
        </h3>
        {project.description && (
          <p className="line-clamp-2 text-sm leading-relaxed text-muted">{project.description}</p>
        )}
        <div className="flex items-center justify-between gap-3 text-xs text-muted tabular-nums">
          <span className="flex items-center gap-1.5">
            <Clapperboard aria-hidden className="size-3.5" />
            {t('videoCount', { count: project.videos })}
          </span>
          <RelativeTime value={project.updated_at} className="truncate" />
        </div>
      </div>
    </article>
  );
}
