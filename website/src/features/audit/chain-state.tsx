'use client';
import { verifyAudit } from '@ultrarslanoglu/api-client/queries/audit';
import { useMutation } from '@tanstack/react-query';
import { Link2, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ExactTime } from '@/components/ui/moment';
import { api } from '@/lib/api';
import { cn } from '@/lib/cn';
import { useErrorSentence } from '@/lib/use-error-sentence';

/** Whether the log is as it was written. Asked for by hand: the whole chain is computed anew. */
export function ChainState({ isOfAll }: { isOfAll: boolean }) {
  const t = useTranslations('Audit.chain');
  const sentence = useErrorSentence();
  const verify = useMutation({ mutationFn: () => verifyAudit(api, isOfAll ? 'installation' : 'workspace') });
  const verdict = verify.data;
  const Icon = !verdict ? Link2 : verdict.is_whole ? ShieldCheck : ShieldAlert;
  const tone = !verdict ? 'text-gold-ink' : verdict.is_whole ? 'text-success' : 'text-danger';
  return (
    <Card className="grid grid-cols-1 gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <span className="grid size-11 shrink-0 place-items-center rounded-xl bg-raised">
          <Icon aria-hidden className={cn('size-5', tone)} />
        </span>
        <div role="status" className="min-w-0 flex-1 basis-64">
          <p className="font-medium">{!verdict ? t('title') : verdict.is_whole ? t('whole') : t('broken')}</p>
          <p className="mt-0.5 text-sm leading-relaxed text-muted">
            {!verdict && t('text')}
            {verdict?.is_whole &&
              t.rich('wholeText', {
                count: verdict.entries,
                time: () => <ExactTime value={verdict.checked_at} />,
              })}
            {verdict && !verdict.is_whole && t('brokenText', { position: verdict.broken_at ?? 0 })}
          </p>
        </div>
        <Button variant="outline" isBusy={verify.isPending} onClick={() => verify.mutate()}>
          {verdict ? t('again') : t('verify')}
        </Button>
      </div>
      {verify.isError && <Alert>{sentence(verify.error)}</Alert>}
    </Card>
  );
}
