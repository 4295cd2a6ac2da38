'use client';
import type { ExportRead } from '@ultrarslanoglu/api-client';
import {
  exportsQuery,
  fetchExport,
  startExport,
  workspaceKeys,
} from '@ultrarslanoglu/api-client/queries/workspaces';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, Download, FileArchive, PackageOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { NotLoaded } from '@/components/ui/not-loaded';
import { ExactTime, Moment } from '@/components/ui/moment';
import { Progress } from '@/components/ui/progress';
import { Skeleton } from '@/components/ui/skeleton';
import { WhyNot } from '@/components/ui/why-not';
import { api } from '@/lib/api';
import { saveFile } from '@/lib/save-file';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useMay } from '@/lib/use-may';
import { useReadable } from '@/lib/use-readable';

/** Often enough to watch it grow. */
const askEvery = 1_500;

/** All rows of the workspace as one file: started here, followed, taken along. */
export function Exports() {
  const t = useTranslations('Workspace.export');
  const may = useMay('workspace:own');
  return may ? <OwnersExports /> : <WhyNot>{t('whyNot')}</WhyNot>;
}

function OwnersExports() {
  const t = useTranslations('Workspace.export');
  const client = useQueryClient();
  const sentence = useErrorSentence();
  const exports = useQuery({
    ...exportsQuery(api),
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? askEvery : false),
  });
  const start = useMutation({
    mutationFn: () => startExport(api),
    onSuccess: () => client.invalidateQueries({ queryKey: workspaceKeys.exports }),
    onError: (error) => void toast.error(sentence(error)),
  });
  const items = exports.data?.items ?? [];

  return (
    <div className="grid gap-4">
      <Button
        variant="outline"
        className="justify-self-start"
        isBusy={start.isPending}
        disabled={items.some(isRunning)}
        onClick={() => start.mutate()}
      >
        {!start.isPending && <PackageOpen aria-hidden />}
        {t('start')}
      </Button>
      {!exports.data && (
        <NotLoaded query={exports}>
          <Skeleton className="h-14" />
        </NotLoaded>
      )}
      {items.length > 0 && (
        <ul aria-label={t('list')} className="divide-y border-t">
          {items.map((each) => (
            <ExportRow key={each.id} item={each} />
          ))}
        </ul>
      )}
    </div>
  );
}

const isRunning = ({ state }: ExportRead) => state === 'running';

function ExportRow({ item }: { item: ExportRead }) {
  const t = useTranslations('Workspace.export');
  const readable = useReadable();
  const sentence = useErrorSentence();
  const save = useMutation({
    mutationFn: () => fetchExport(api, item.id),
    onSuccess: (file) => saveFile(file, `workspace-${item.created_at.slice(0, 10)}.zip`),
    onError: (error) => void toast.error(sentence(error)),
  });
  const Icon = item.state === 'failed' ? CircleAlert : FileArchive;
  const percent = (item.progress ?? 0) * 100;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 py-4 last:pb-0">
      <Icon aria-hidden className={item.state === 'failed' ? 'size-5 text-danger' : 'size-5 text-muted'} />
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium">
          <ExactTime value={item.created_at} isShort />
        </p>
        {isRunning(item) ? (
          <div className="mt-2 flex items-center gap-3">
            <Progress value={percent} label={t('running')} className="h-1.5 flex-1" />
            <span className="text-xs text-muted tabular-nums">{readable.percent(percent)}</span>
          </div>
        ) : (
          <p className="text-sm text-muted">
            {item.state === 'failed' && t('failed')}
            {item.state === 'ready' && (
              <>
                {item.size !== null && `${readable.bytes(item.size)} · `}
                {item.expires_at &&
                  t.rich('expires', { time: () => <Moment value={item.expires_at ?? ''} /> })}
              </>
            )}
          </p>
        )}
      </div>
      {item.state === 'ready' && (
        <Button size="sm" isBusy={save.isPending} onClick={() => save.mutate()}>
          {!save.isPending && <Download aria-hidden />}
          {t('download')}
        </Button>
      )}
    </li>
  );
}
