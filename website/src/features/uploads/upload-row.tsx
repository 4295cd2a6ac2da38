'use client';
import { Pause, Play, RotateCw, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { useMay } from '@/lib/use-may';
import { useReadable } from '@/lib/use-readable';
import { percentOf, secondsLeft, type UploadItem } from './upload-item';
import { pause, remove, resume } from './upload-store';

export function UploadRow({ item }: { item: UploadItem }) {
  const t = useTranslations('Uploads');
  const may = useMay('video:write');
  const isFailed = item.status === 'failed';
  return (
    <div className="grid gap-3">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <p className="truncate font-medium" title={item.name}>
            {item.name}
          </p>
          <UploadFigures item={item} />
        </div>
        <div className="flex shrink-0 gap-1">
          {item.status === 'uploading' && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={t('pause', { name: item.name })}
              title={t('pauseShort')}
              onClick={() => pause(item.id)}
            >
              <Pause aria-hidden />
            </Button>
          )}
          {may && item.status === 'paused' && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={t('resume', { name: item.name })}
              title={t('resumeShort')}
              onClick={() => resume(item.id)}
            >
              <Play aria-hidden />
            </Button>
          )}
          {may && isFailed && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={t('again', { name: item.name })}
              title={t('againShort')}
              onClick={() => resume(item.id)}
            >
              <RotateCw aria-hidden />
            </Button>
          )}
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('cancel', { name: item.name })}
            title={t('cancelShort')}
            onClick={() => remove(item.id)}
          >
            <X aria-hidden />
          </Button>
        </div>
      </div>
      <Progress
        value={percentOf(item)}
        label={t('progress', { name: item.name })}
        tone={isFailed ? 'danger' : item.status === 'uploading' ? 'primary' : 'muted'}
      />
      {isFailed && (
        <p role="alert" className="text-sm text-danger">
          {item.problem ?? t('failed')}
        </p>
      )}
    </div>
  );
}

function UploadFigures({ item }: { item: UploadItem }) {
  const t = useTranslations('Uploads');
  const readable = useReadable();
  const left = secondsLeft(item);
  const parts = [
    t(`status.${item.status}`),
    readable.percent(percentOf(item)),
    t('amount', { sent: readable.bytes(item.sent), size: readable.bytes(item.size) }),
    item.status === 'uploading' && item.speed !== null && t('speed', { speed: readable.bytes(item.speed) }),
    left !== null && t('timeLeft', { span: readable.span(left) }),
  ];
  return <p className="text-sm text-muted tabular-nums">{parts.filter(Boolean).join(' · ')}</p>;
}
