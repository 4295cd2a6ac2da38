'use client';
import { createProject, projectKeys } from '@ultrarslanoglu/api-client/queries/projects';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { RoleNeeded } from '@/components/ui/role-needed';
import { useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useMay } from '@/lib/use-may';
import { ProjectForm, type ProjectValues } from './project-form';

/** Begins a project and leads to its page. */
export function NewProject() {
  const t = useTranslations('Projects');
  const router = useRouter();
  const client = useQueryClient();
  const may = useMay('projects:write');
  const [isOpen, setOpen] = useState(false);
  const create = useMutation({
    mutationFn: (values: ProjectValues) => createProject(api, values),
    onSuccess: (project) => {
      client.setQueryData(projectKeys.detail(project.id), project);
      void client.invalidateQueries({ queryKey: projectKeys.lists });
      router.push(`/projects/${project.id}`);
    },
  });
  function close() {
    create.reset();
    setOpen(false);
  }
  if (!may) return <RoleNeeded>{t('whyNot')}</RoleNeeded>;
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t('create')}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={t('form.createTitle')}>
        <ProjectForm
          error={create.error}
          isBusy={create.isPending || create.isSuccess}
          onSubmit={create.mutate}
        />
      </Dialog>
    </>
  );
}
