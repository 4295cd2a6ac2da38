'use client';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Link } from '@/i18n/navigation';
import { useElsewhere } from '@/lib/use-elsewhere';
import { OpenElsewhere } from './open-elsewhere';

interface Props {
  /** Where all that are here are listed. */
  list: string;
  children: ReactNode;
}

/** What to do where a page finds nothing: back to the list, or to the workspace that the link speaks of. */
export function GoneActions({ list, children }: Props) {
  return (
    <div className="flex flex-wrap justify-center gap-2">
      <OpenElsewhere />
      <Button asChild variant={useElsewhere() ? 'outline' : 'primary'}>
        <Link href={list}>{children}</Link>
      </Button>
    </div>
  );
}
