'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { RoleNeeded } from '@/components/ui/role-needed';
import { useMay } from '@/lib/use-may';
import { DropZone } from './drop-zone';
import { InterruptedUploads } from './interrupted-uploads';

interface Props {
  /** What has been uploaded since the app was opened; it stays in sight of somebody whose role changes meanwhile. */
  children: ReactNode;
}

export function UploadScreen({ children }: Props) {
  const t = useTranslations('Uploads');
  const may = useMay('video:write');
  return (
    <div className="mx-auto grid w-full max-w-3xl grid-cols-1 gap-8">
      <header>
        <h1 className="font-display text-3xl leading-snug font-semibold">{t('title')}</h1>
        {may && <p className="mt-1 text-muted">{t('lead')}</p>}
      </header>
      {may ? (
        <>
          <DropZone title={t('dropTitle')} text={t('dropText')} />
          <InterruptedUploads />
        </>
      ) : (
        <Card>
          <RoleNeeded>{t('whyNot')}</RoleNeeded>
        </Card>
      )}
      {children}
    </div>
  );
}
