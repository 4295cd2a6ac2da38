'use client';
import type { ScheduleRead } from '@ultrarslanoglu/api-client';
import { jobKeys } from '@ultrarslanoglu/api-client/queries/jobs';
import {
  deleteSchedule,
  runSchedule,
  scheduleKeys,
  updateSchedule,
} from '@ultrarslanoglu/api-client/queries/schedules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Long enough to notice and to reach, also by keyboard. */
const undoTime = 10_000;

/** What a person can do to a schedule that is there already. */
export function useScheduleActions({ id, name }: Pick<ScheduleRead, 'id' | 'name'>) {
  const t = useTranslations('Schedules');
  const router = useRouter();
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const onError = (error: Error) => void toast.error(sentence(error));
  const readAgain = () => void client.invalidateQueries({ queryKey: scheduleKeys.lists });

  const setPaused = useMutation({
    mutationFn: (is_paused: boolean) => updateSchedule(api, id, { is_paused }),
    onSuccess: (_, isPaused) => {
      toast(isPaused ? t('pausedToast', { name }) : t('resumedToast', { name }), {
        duration: undoTime,
        action: { label: t('undo'), onClick: () => setPaused.mutate(!isPaused) },
      });
      readAgain();
    },
    onError,
  });
  const run = useMutation({
    mutationFn: () => runSchedule(api, id),
    onSuccess: ({ last_job_id }) => {
      toast.success(t('ran', { name }), {
        ...(last_job_id
          ? { action: { label: t('openJob'), onClick: () => router.push(`/jobs/${last_job_id}`) } }
          : {}),
      });
      readAgain();
      void client.invalidateQueries({ queryKey: jobKeys.lists });
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => deleteSchedule(api, id),
    onSuccess: () => {
      toast(t('deleted', { name }));
      readAgain();
    },
    onError,
  });
  return { setPaused, run, remove };
}
