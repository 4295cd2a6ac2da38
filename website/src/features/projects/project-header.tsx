'use client';
import type { ProjectRead } from '@ultrarslanoglu/api-client';
import { Archive, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { toast } from 'sonner';
import { BackLink } from '@/components/ui/back-link';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Dialog } from '@/components/ui/dialog';
import { NameHeading } from '@/components/ui/name-heading';
import { RelativeTime } from '@/components/ui/relative-time';
import { useMay } from '@/lib/use-may';
import { Cover } from './cover';
import { ProjectForm } from './project-form';
import { useProjectActions } from './use-project-actions';

type Question = 'edit' | 'delete';

export function ProjectHeader({ project }: { project: ProjectRead }) {
  const t = useTranslations('Project');
  return (
    <header className="grid grid-cols-1 gap-4">
      <BackLink href="/projects">{t('back')}</BackLink>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
        <Cover videoId={project.cover_video_id} className="w-full rounded-card border sm:w-56 sm:shrink-0" />
        <div className="min-w-0 flex-1 basis-72">
          <NameHeading>{project.name}</NameHeading>
          {project.description && (
            <p className="mt-2 max-w-2xl leading-relaxed break-words whitespace-pre-line text-muted">
              {project.description}
            </p>
          )}
          <p className="mt-2 text-sm text-muted">
            {t.rich('updated', { time: () => <RelativeTime value={project.updated_at} /> })}
          </p>
          <Actions project={project} />
        </div>
      </div>
    </header>
  );
}

function Actions({ project }: { project: ProjectRead }) {
  const t = useTranslations('Project.actions');
  const form = useTranslations('Projects.form');
  const may = useMay('projects:write');
  const [open, setOpen] = useState<Question | null>(null);
  const { update, archive, remove } = useProjectActions(project.id);
  function close() {
    update.reset();
    setOpen(null);
  }
  if (!may) return null;
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      {!project.archived_at && (
        <>
          <Button size="sm" variant="outline" onClick={() => setOpen('edit')}>
            <Pencil aria-hidden />
            {t('edit')}
          </Button>
          <Button size="sm" variant="outline" isBusy={archive.isPending} onClick={() => archive.mutate()}>
            {!archive.isPending && <Archive aria-hidden />}
            {t('archive')}
          </Button>
        </>
      )}
      <Button size="sm" variant="danger" onClick={() => setOpen('delete')}>
        <Trash2 aria-hidden />
        {t('delete')}
      </Button>
      <Dialog isOpen={open === 'edit'} onClose={close} title={form('editTitle')}>
        <ProjectForm
          project={project}
          error={update.error}
          isBusy={update.isPending}
          onSubmit={(values) =>
            update.mutate(values, {
              onSuccess: () => {
                toast.success(t('saved'));
                close();
              },
            })
          }
        />
      </Dialog>
      <ConfirmDialog
        isOpen={open === 'delete'}
        onClose={close}
        title={t('deleteAsk', { name: project.name })}
        confirm={t('delete')}
        isDanger
        isBusy={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onError: close })}
      >
        {t('deleteText')}
      </ConfirmDialog>
    </div>
  );
}
