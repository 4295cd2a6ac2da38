'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { videoFiles } from '@ultrarslanoglu/api-client/queries/videos';
import { Download, FileVideo, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { useRouter } from '@/i18n/navigation';
import { useMay } from '@/lib/use-may';
import { useVideoActions } from './use-video-actions';

export function VideoActions({ video }: { video: VideoRead }) {
  const t = useTranslations('Video');
  const router = useRouter();
  const may = useMay('video:write');
  const { remove } = useVideoActions(video.id);
  return (
    <div className="flex flex-wrap gap-2">
      {video.status === 'completed' && (
        <Button asChild>
          <a href={videoFiles.download(video.id, 'result')} download>
            <Download aria-hidden />
            {t('download')}
          </a>
        </Button>
      )}
      <Button asChild variant="outline">
        <a href={videoFiles.download(video.id, 'original')} download>
          <FileVideo aria-hidden />
          {t('downloadOriginal')}
        </a>
      </Button>
      {may && (
        <Button
          variant="danger"
          isBusy={remove.isPending}
          onClick={() => remove.mutate(undefined, { onSuccess: () => router.push('/videos') })}
        >
          {!remove.isPending && <Trash2 aria-hidden />}
          {t('delete')}
        </Button>
      )}
    </div>
  );
}
