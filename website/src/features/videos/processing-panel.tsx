'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Progress } from '@/components/ui/progress';
import { useMay } from '@/lib/use-may';
import { useReadable } from '@/lib/use-readable';
import { StepList } from './step-list';
import { useVideoActions } from './use-video-actions';

export function ProcessingPanel({ video }: { video: VideoRead }) {
  const t = useTranslations('Video');
  const readable = useReadable();
  const { cancel } = useVideoActions(video.id);
  const may = useMay('video:write');
  const isWaiting = video.status !== 'processing';
  return (
    <Card className="grid gap-6">
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h2 className="text-lg font-semibold">{isWaiting ? t('waitingTitle') : t('processingTitle')}</h2>
          <p className="text-sm text-muted">{isWaiting ? t('waitingText') : t('processingText')}</p>
        </div>
        {may && (
          <Button variant="outline" isBusy={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('cancel')}
          </Button>
        )}
      </div>
      <div className="grid gap-2.5">
        <div className="flex items-baseline justify-between gap-4 tabular-nums">
          <span className="text-3xl font-semibold">{readable.percent(video.progress)}</span>
          {video.time_left !== null && (
            <span className="text-sm text-muted">
              {t('timeLeft', { span: readable.span(video.time_left) })}
            </span>
          )}
        </div>
        <Progress value={video.progress} label={t('progress')} className="h-3" />
      </div>
      <StepList steps={video.steps} />
    </Card>
  );
}
