'use client';
import type { HookRead, HookWithSecret, OfferRead } from '@ultrarslanoglu/api-client';
import { offersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Dialog } from '@/components/ui/dialog';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { HookForm } from './hook-form';
import { SecretPanel } from './secret-panel';

interface Props {
  /** Null to make a new one. */
  hook: HookRead | null;
  isOpen: boolean;
  onClose: () => void;
}

/** Makes a hook and then shows its secret, or changes one. */
export function HookDialog({ hook, isOpen, onClose }: Props) {
  const t = useTranslations('Hooks.form');
  const [made, setMade] = useState<HookWithSecret | null>(null);
  const close = () => {
    setMade(null);
    onClose();
  };
  const title = made ? t('createdTitle', { name: made.name }) : hook ? t('editTitle') : t('createTitle');
  return (
    <Dialog isOpen={isOpen} onClose={close} title={title} isLasting>
      <WithOffers>
        {(offers) =>
          made ? (
            <SecretPanel hook={made} fields={fieldsOf(offers, made)} onDone={close} />
          ) : (
            <HookForm hook={hook} offers={offers} onMade={setMade} onDone={close} />
          )
        }
      </WithOffers>
    </Dialog>
  );
}

function WithOffers({ children }: { children: (offers: readonly OfferRead[]) => React.ReactNode }) {
  const offers = useQuery(offersQuery(api));
  if (!offers.data) {
    return (
      <NotLoaded query={offers}>
        <Skeleton className="h-80" />
      </NotLoaded>
    );
  }
  return children(offers.data.items);
}

export const fieldsOf = (offers: readonly OfferRead[], hook: Pick<HookRead, 'offer'>) =>
  offers.find(({ name }) => name === hook.offer)?.fields ?? [];
