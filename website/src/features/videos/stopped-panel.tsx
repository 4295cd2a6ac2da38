'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { Ban, CircleAlert, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/lib/cn';
import { useMay } from '@/lib/use-may';
import { StepList } from './step-list';
import { useVideoActions } from './use-video-actions';

/** Failed or cancelled: why, and how to go on. */
export function StoppedPanel({ video }: { video: VideoRead }) {
  const t = useTranslations('Video');
  const { retry } = useVideoActions(video.id);
  const may = useMay('video:write');
  const isFailed = video.status === 'failed';
  const Icon = isFailed ? CircleAlert : Ban;
  return (
    <Card className="grid gap-6">
      <div className="flex flex-wrap items-start gap-4" role={isFailed ? 'alert' : 'status'}>
        <span
          className={cn(
            'grid size-11 shrink-0 place-items-center rounded-xl',
            isFailed ? 'bg-danger-bg text-danger' : 'bg-raised text-muted',
          )}
        >
          <Icon aria-hidden className="size-5" />
        </span>
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-lg font-semibold">{isFailed ? t('failedTitle') : t('cancelledTitle')}</h2>
          <p className="max-w-prose leading-relaxed text-muted">
            {isFailed
              ? (video.error?.detail ?? t(may ? 'failedText' : 'failedReadOnly'))
              : t(may ? 'cancelledText' : 'cancelledReadOnly')}
          </p>
        </div>
        {may && (
          <Button isBusy={retry.isPending} onClick={() => retry.mutate()}>
            {!retry.isPending && <RotateCw aria-hidden />}
            {t('retry')}
          </Button>
        )}
      </div>
      <StepList steps={video.steps} />
    </Card>
  );
}
