'use client';
import { CircleAlert, CircleCheck, Clock } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Link } from '@/i18n/navigation';
import { useErrorSentence } from '@/lib/use-error-sentence';
import type { TestStarted } from '@ultrarslanoglu/api-client';
import { useTestOutcome } from './use-test-outcome';

interface Props {
  label: string;
  send: () => Promise<TestStarted>;
  /** What to say when it arrived: where to look. */
  arrived: string;
  isDisabled?: boolean;
}

/** A test, and below it what became of it. */
export function useTestButton({ label, send, arrived, isDisabled }: Props) {
  const t = useTranslations('Notifications.test');
  const sentence = useErrorSentence();
  const { run, outcome, jobId, error, reason } = useTestOutcome(send);
  const button = (
    <Button
      size="sm"
      variant="outline"
      aria-label={label}
      disabled={isDisabled}
      isBusy={outcome === 'sending'}
      onClick={run}
    >
      {t('action')}
    </Button>
  );
  const note = (
    <p
      role="status"
      className="flex items-start gap-2 text-sm leading-relaxed empty:hidden [&_svg]:mt-1 [&_svg]:size-4 [&_svg]:shrink-0"
    >
      {outcome === 'sending' && <span className="text-muted">{t('sending')}</span>}
      {outcome === 'arrived' && (
        <>
          <CircleCheck aria-hidden className="text-success" /> {arrived}
        </>
      )}
      {outcome === 'failed' && (
        <>
          <CircleAlert aria-hidden className="text-danger" /> {t('failed', { reason: reason ?? '' })}
        </>
      )}
      {outcome === 'late' && (
        <>
          <Clock aria-hidden className="text-warning" />
          <span>
            {t('late')}{' '}
            {jobId && (
              <Link href={`/jobs/${jobId}`} className="rounded text-link underline underline-offset-4">
                {t('seeJob')}
              </Link>
            )}
          </span>
        </>
      )}
      {error && (
        <>
          <CircleAlert aria-hidden className="text-danger" /> {sentence(error)}
        </>
      )}
    </p>
  );
  return { button, note };
}
