'use client';
import type { ScheduleRead } from '@ultrarslanoglu/api-client';
import { offersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { ScheduleForm } from './schedule-form';

interface Props {
  /** Null to set up a new one. */
  schedule: ScheduleRead | null;
  isOpen: boolean;
  onClose: () => void;
}

export function ScheduleDialog({ schedule, isOpen, onClose }: Props) {
  const t = useTranslations('Schedules.form');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={schedule ? t('editTitle') : t('createTitle')} isLasting>
      <WithOffers schedule={schedule} onDone={onClose} />
    </Dialog>
  );
}

function WithOffers({ schedule, onDone }: { schedule: ScheduleRead | null; onDone: () => void }) {
  const t = useTranslations('Schedules.form');
  const offers = useQuery(offersQuery(api));
  if (!offers.data) {
    return (
      <NotLoaded query={offers}>
        <Skeleton className="h-80" />
      </NotLoaded>
    );
  }
  if (offers.data.items.length === 0) return <p className="text-muted">{t('noOffers')}</p>;
  return <ScheduleForm schedule={schedule} offers={offers.data.items} onDone={onDone} />;
}
