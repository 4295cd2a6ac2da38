'use client';
import type { ScheduleCreate, ScheduleRead } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { createSchedule, scheduleKeys, updateSchedule } from '@ultrarslanoglu/api-client/queries/schedules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { api } from '@/lib/api';

/** Sets a new schedule up, or changes the one that is there; what it does stays the same then. */
export function useSaveSchedule(schedule: ScheduleRead | null) {
  const t = useTranslations('Schedules');
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: ({ offer, ...body }: ScheduleCreate) =>
      schedule ? updateSchedule(api, schedule.id, body) : createSchedule(api, { offer, ...body }),
    onSuccess: ({ name }) => {
      toast.success(schedule ? t('saved', { name }) : t('created', { name }));
      void client.invalidateQueries({ queryKey: scheduleKeys.lists });
    },
  });
  /** The gateway's own sentence for a field; those of the input come with its name in front. */
  const fieldFault = (name: string) =>
    save.error instanceof ApiError
      ? (save.error.field(name) ?? save.error.field(`input.${name}`))
      : undefined;
  return { ...save, fieldFault };
}
