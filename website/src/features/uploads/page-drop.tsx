'use client';
import { Lock, UploadCloud } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useMay } from '@/lib/use-may';
import { useAddFiles } from './use-add-files';

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** Files may be dropped on any page of the app; without this the browser would open them and leave the page. */
export function PageDrop() {
  const t = useTranslations('Uploads');
  const [isOver, setOver] = useState(false);
  const may = useMay('video:write');
  const addFiles = useAddFiles();
  const latest = useRef(addFiles);
  useEffect(() => {
    latest.current = addFiles;
  });

  useEffect(() => {
    // Entering a child fires before leaving its parent, so entries are counted.
    let depth = 0;
    const onEnter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth = Math.max(0, depth - 1);
      setOver(depth > 0);
    };
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      // Whoever may not upload is told so, and still does not lose the page to the file.
      if (!may && event.dataTransfer) event.dataTransfer.dropEffect = 'none';
    };
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      if (may) latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    const controller = new AbortController();
    const options = { signal: controller.signal };
    window.addEventListener('dragenter', onEnter, options);
    window.addEventListener('dragleave', onLeave, options);
    window.addEventListener('dragover', onOver, options);
    window.addEventListener('drop', onDrop, options);
    return () => controller.abort();
  }, [may]);

  if (!isOver) return null;
  return (
    <div aria-hidden className="pointer-events-none fixed inset-0 z-50 bg-bg/85 p-4 backdrop-blur-sm">
      <div className="grid h-full place-content-center justify-items-center gap-4 rounded-card border-2 border-dashed border-primary">
        {may ? <UploadCloud className="size-12 text-gold-ink" /> : <Lock className="size-12 text-muted" />}
        <p className="text-center text-2xl font-semibold text-balance">{may ? t('dropHere') : t('whyNot')}</p>
      </div>
    </div>
  );
}
