'use client';
import type { AttemptRead } from '@ultrarslanoglu/api-client';
import { deliveryQuery, endpointKeys, replayDelivery } from '@ultrarslanoglu/api-client/queries/webhooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code-block';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useReadable } from '@/lib/use-readable';

/** What was sent, what was answered at each attempt, and sending it once more. */
export function DeliveryDetails({ id, endpointId }: { id: string; endpointId: string }) {
  const t = useTranslations('Webhooks.deliveries');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const detail = useQuery({ ...deliveryQuery(api, id), staleTime: 2_000 });
  const replay = useMutation({
    mutationFn: () => replayDelivery(api, id),
    onSuccess: () => {
      toast.success(t('againSent'));
      return client.invalidateQueries({ queryKey: endpointKeys.deliveries(endpointId) });
    },
    onError: (error) => void toast.error(sentence(error)),
  });
  return (
    <div className="grid grid-cols-1 gap-5 border-t bg-bg px-4 py-5 sm:px-5">
      {!detail.data && (
        <NotLoaded query={detail}>
          <Skeleton className="h-24" />
        </NotLoaded>
      )}
      {detail.data && (
        <>
          <section>
            <h3 className="mb-2 text-sm font-medium">{t('attemptLog')}</h3>
            {detail.data.attempts_log.length === 0 && <p className="text-sm text-muted">{t('noAttempts')}</p>}
            <ol className="grid gap-2">
              {detail.data.attempts_log.map((attempt) => (
                <AttemptRow key={attempt.at} attempt={attempt} />
              ))}
            </ol>
          </section>
          <section className="min-w-0">
            <h3 className="mb-2 text-sm font-medium">{t('payload')}</h3>
            <CodeBlock label={t('payload')} code={JSON.stringify(detail.data.payload, null, 2)} />
          </section>
          {detail.data.state !== 'pending' && (
            <Button
              size="sm"
              variant="outline"
              className="justify-self-start"
              isBusy={replay.isPending}
              onClick={() => replay.mutate()}
            >
              {!replay.isPending && <RotateCw aria-hidden />}
              {t('again')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function AttemptRow({ attempt }: { attempt: AttemptRead }) {
  const t = useTranslations('Webhooks.deliveries');
  const format = useFormatter();
  const readable = useReadable();
  const { status, duration_ms: duration, error, response_excerpt: excerpt } = attempt;
  return (
    <li className="rounded-lg border bg-surface p-3 text-sm">
      <p className="flex flex-wrap gap-x-3 gap-y-1">
        <time dateTime={attempt.at} className="text-muted tabular-nums">
          {format.dateTime(new Date(attempt.at), { dateStyle: 'medium', timeStyle: 'medium' })}
        </time>
        <span className="font-medium">{status === null ? t('noAnswer') : t('httpStatus', { status })}</span>
        {duration !== null && (
          <span className="text-muted tabular-nums">
            {duration < 1000
              ? format.number(duration, { style: 'unit', unit: 'millisecond' })
              : readable.shortSpan(duration / 1000)}
          </span>
        )}
      </p>
      {error && <p className="mt-1 leading-relaxed break-words">{error}</p>}
      {excerpt && (
        <details className="mt-2">
          <summary className="cursor-pointer rounded text-muted">{t('body')}</summary>
          <div className="mt-2">
            <CodeBlock label={t('body')} code={excerpt} isWrapped />
          </div>
        </details>
      )}
    </li>
  );
}
