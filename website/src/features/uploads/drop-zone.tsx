'use client';
import { UploadCloud } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { FileButton } from '@/components/ui/file-button';
import { cn } from '@/lib/cn';
import { acceptedFiles } from './accepted-files';
import { useAddFiles } from './use-add-files';

interface Props {
  title: string;
  text: string;
  isTall?: boolean;
}

/** Invites files. Dropping works anywhere on the page; this is where the eye finds it, and where the keyboard gets its button. */
export function DropZone({ title, text, isTall }: Props) {
  const t = useTranslations('Uploads');
  const addFiles = useAddFiles();
  return (
    <div
      className={cn(
        'grid justify-items-center gap-2 rounded-card border-2 border-dashed border-input/70 bg-raised/50 px-6 text-center',
        isTall ? 'py-20' : 'py-12',
      )}
    >
      <span className="mb-2 grid size-16 place-items-center rounded-2xl bg-accent text-accent-fg">
        <UploadCloud aria-hidden className="size-7" />
      </span>
      <p className="text-xl font-semibold">{title}</p>
      <p className="max-w-lg text-balance text-muted">{text}</p>
      <FileButton accept={acceptedFiles} inputLabel={t('chooseFile')} onSelect={addFiles} className="mt-4">
        {t('choose')}
      </FileButton>
    </div>
  );
}
