'use client';
import type { WorkerRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { RelativeTime } from '@/components/ui/relative-time';
import { useReadable } from '@/lib/use-readable';

/** Where a process runs, since when, and when it was last heard of. */
export function WorkerFacts({ worker }: { worker: WorkerRead }) {
  const t = useTranslations('Jobs.workers');
  const readable = useReadable();
  const facts = [
    [t('host'), `${worker.host} · ${t('pid', { pid: String(worker.pid) })}`],
    ...(worker.memory_bytes === null ? [] : [[t('memory'), readable.bytes(worker.memory_bytes)] as const]),
    [t('since'), <RelativeTime key="since" value={worker.started_at} />],
    [t('seen'), <RelativeTime key="seen" value={worker.seen_at} />],
  ] as const;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 text-sm">
      {facts.map(([name, value]) => (
        <div key={name} className="min-w-0">
          <dt className="text-xs text-muted">{name}</dt>
          <dd className="mt-0.5 break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
