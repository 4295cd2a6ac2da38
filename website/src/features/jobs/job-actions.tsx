'use client';
import type { JobDetail } from '@ultrarslanoglu/api-client';
import { Ban, Pause, Pencil, Play, RotateCw, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RoleNeeded } from '@/components/ui/role-needed';
import { useMay } from '@/lib/use-may';
import { useIsOperator } from '@/lib/use-scope';
import { EditInputDialog } from './edit-input-dialog';
import { actionsOf, isDeadLetter } from './job-state';
import { useJobActions } from './use-job-actions';

/** What can be done to a job, for those who may. */
export function JobActions({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.deadLetters');
  const may = useMay('jobs:write');
  if (may) return <Actions job={job} />;
  return isDeadLetter(job) && <RoleNeeded className="max-w-md">{t('whyNot')}</RoleNeeded>;
}

/** The buttons that the job's state allows. What cannot be undone is asked for once more. */
function Actions({ job }: { job: JobDetail }) {
  const t = useTranslations('Jobs.actions');
  const { cancel, pause, resume, retry, retryWith, drop } = useJobActions(job.id);
  const [asked, setAsked] = useState<'cancel' | 'drop' | 'edit' | null>(null);
  const isOperator = useIsOperator();
  const close = () => setAsked(null);
  const can = actionsOf(job);
  return (
    <div className="flex flex-wrap gap-2">
      {can.includes('retry') && (
        <Button isBusy={retry.isPending} onClick={() => retry.mutate()}>
          {!retry.isPending && <RotateCw aria-hidden />}
          {t('retry')}
        </Button>
      )}
      {can.includes('resume') && (
        <Button isBusy={resume.isPending} onClick={() => resume.mutate()}>
          {!resume.isPending && <Play aria-hidden />}
          {t('resume')}
        </Button>
      )}
      {can.includes('pause') && (
        <Button variant="outline" isBusy={pause.isPending} onClick={() => pause.mutate()}>
          {!pause.isPending && <Pause aria-hidden />}
          {t('pause')}
        </Button>
      )}
      {isOperator && isDeadLetter(job) && (
        <Button variant="outline" onClick={() => setAsked('edit')}>
          <Pencil aria-hidden />
          {t('editInput')}
        </Button>
      )}
      {can.includes('cancel') && (
        <Button variant="danger" onClick={() => setAsked('cancel')}>
          <Ban aria-hidden />
          {t('cancel')}
        </Button>
      )}
      {can.includes('drop') && (
        <Button variant="danger" onClick={() => setAsked('drop')}>
          <Trash2 aria-hidden />
          {t('drop')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={asked === 'cancel'}
        onClose={close}
        title={t('cancelTitle')}
        confirm={t('cancel')}
        dismiss={t('keep')}
        isDanger
        isBusy={cancel.isPending}
        onConfirm={() => cancel.mutate(undefined, { onSettled: close })}
      >
        {t('cancelText')}
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asked === 'drop'}
        onClose={close}
        title={t('dropTitle', { count: 1 })}
        confirm={t('dropConfirm')}
        isDanger
        isBusy={drop.isPending}
        onConfirm={() => drop.mutate(undefined, { onSettled: close })}
      >
        {t('dropText')}
      </ConfirmDialog>
      <EditInputDialog
        isOpen={asked === 'edit'}
        onClose={() => {
          retryWith.reset();
          close();
        }}
        args={job.args}
        error={retryWith.error}
        isBusy={retryWith.isPending}
        onSave={(args) => retryWith.mutate(args, { onSuccess: close })}
      />
    </div>
  );
}
