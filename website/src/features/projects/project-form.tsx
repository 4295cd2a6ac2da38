'use client';
import type { ProjectRead } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { useErrorSentence } from '@/lib/use-error-sentence';

export interface ProjectValues {
  name: string;
  description: string;
}

interface Props {
  /** The one that is changed; without it one is begun. */
  project?: ProjectRead;
  error: Error | null;
  isBusy: boolean;
  onSubmit: (values: ProjectValues) => void;
}

export function ProjectForm({ project, error, isBusy, onSubmit }: Props) {
  const t = useTranslations('Projects.form');
  const sentence = useErrorSentence();
  const [isEmpty, setEmpty] = useState(false);
  const refusal = error instanceof ApiError ? error : null;
  const isNamed = Boolean(refusal?.field('name') ?? refusal?.field('description'));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const values = {
      name: textOf(data, 'name').trim(),
      description: textOf(data, 'description').trim(),
    };
    setEmpty(!values.name);
    if (!values.name) return focusFirstFault(event.currentTarget, { name: true });
    onSubmit(values);
  }

  return (
    <form noValidate onSubmit={submit} className="grid gap-5">
      <TextField
        label={t('name')}
        name="name"
        data-first
        required
        maxLength={120}
        autoComplete="off"
        defaultValue={project?.name}
        error={isEmpty ? t('nameEmpty') : refusal?.field('name')}
      />
      <TextArea
        label={t('description')}
        name="description"
        rows={3}
        maxLength={2000}
        defaultValue={project?.description}
        hint={t('descriptionHint')}
        error={refusal?.field('description')}
      />
      {error && !isNamed && <Alert>{sentence(error)}</Alert>}
      <Button type="submit" className="justify-self-end" isBusy={isBusy}>
        {project ? t('save') : t('create')}
      </Button>
    </form>
  );
}
