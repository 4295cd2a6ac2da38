'use client';
import { History } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { RelativeTime } from '@/components/ui/relative-time';
import { Button } from '@/components/ui/button';
import { useReadable } from '@/lib/use-readable';
import { findInterrupted, forgetInterrupted, type InterruptedUpload } from './interrupted';
import { useIsMounted } from '@/lib/use-is-mounted';
import { useUploads } from './use-uploads';

/** Uploads that a closed tab left behind. The page may not open a file by itself, so it asks for the same file again and goes on. */
export function InterruptedUploads() {
  const t = useTranslations('Uploads');
  const readable = useReadable();
  const running = useUploads();
  // Only the browser knows, and what it knows changes with every upload that begins or ends.
  const isMounted = useIsMounted();
  const [forgotten, setForgotten] = useState<ReadonlySet<string>>(new Set());
  const isRunning = (upload: InterruptedUpload) =>
    running.some((item) => item.name === upload.name && item.size === upload.size);
  const found = isMounted ? findInterrupted() : [];
  const left = found.filter((upload) => !isRunning(upload) && !forgotten.has(upload.key));
  if (left.length === 0) return null;
  return (
    <section className="rounded-card border bg-surface p-5">
      <h2 className="flex items-center gap-2.5 font-semibold">
        <History aria-hidden className="size-5 text-gold-ink" />
        {t('interrupted', { count: left.length })}
      </h2>
      <p className="mt-1 text-sm text-muted">{t('interruptedText')}</p>
      <ul className="mt-3 divide-y">
        {left.map((upload) => (
          <li key={upload.key} className="flex items-center justify-between gap-4 py-2 text-sm">
            <span className="min-w-0">
              <span className="block truncate font-medium">{upload.name}</span>
              <span className="text-muted">
                {readable.bytes(upload.size)} · <RelativeTime value={upload.startedAt} />
              </span>
            </span>
            <Button
              variant="ghost"
              size="sm"
              onClick={() => {
                forgetInterrupted(upload.key);
                setForgotten(new Set([...forgotten, upload.key]));
              }}
            >
              {t('forget')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
