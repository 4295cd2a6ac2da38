'use client';
import { useQueryClient } from '@tanstack/react-query';
import { securityKeys } from '@ultrarslanoglu/api-client/queries/security';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { answerStepUps } from '@/lib/step-up';
import { StepUpForm } from './step-up-form';

/** Asks for proof whenever the gateway wants one before something sensitive. Stands once in the app; what was refused goes on by itself afterwards. */
export function StepUpDialog() {
  const t = useTranslations('StepUp');
  const client = useQueryClient();
  const [settle, setSettle] = useState<((isProved: boolean) => void) | null>(null);

  useEffect(
    () =>
      answerStepUps(
        () =>
          new Promise((resolve) => {
            // What one can prove oneself with may just have changed.
            void client.invalidateQueries({ queryKey: securityKeys.factors });
            setSettle(() => resolve);
          }),
      ),
    [client],
  );

  function end(isProved: boolean) {
    settle?.(isProved);
    setSettle(null);
  }
  return (
    <Dialog isOpen={settle !== null} onClose={() => end(false)} title={t('title')}>
      <StepUpForm onProved={() => end(true)} />
    </Dialog>
  );
}
