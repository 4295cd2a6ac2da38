'use client';
import type { VideoRead } from '@ultrarslanoglu/api-client';
import { Progress } from '@/components/ui/progress';
import { Link } from '@/i18n/navigation';
import { useProgressText, useStepName } from './use-progress-text';

/** One video that is being worked on, in two lines. */
export function ProcessingRow({ video }: { video: VideoRead }) {
  const progressText = useProgressText();
  const stepName = useStepName();
  return (
    <div className="grid gap-2.5">
      <div className="flex items-baseline justify-between gap-4">
        <Link href={`/videos/${video.id}`} className="min-w-0 truncate rounded font-medium hover:underline">
          {video.title}
        </Link>
        <span className="shrink-0 text-sm text-muted tabular-nums">{progressText(video)}</span>
      </div>
      <Progress value={video.progress} label={video.title} />
      {video.step && <p className="text-sm text-muted">{stepName(video.step)}</p>}
    </div>
  );
}
