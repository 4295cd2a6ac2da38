'use client';
import { WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { LiveState } from '@/lib/live/connection';

/** A short interruption heals by itself and is not worth a word. */
const patience = 3_000;

export function ConnectionBanner({ state }: { state: LiveState }) {
  const t = useTranslations('Live');
  const isLost = state === 'lost';
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(isLost), isLost ? patience : 0);
    return () => clearTimeout(timer);
  }, [isLost]);
  return (
    <div role="status">
      {isShown && isLost && (
        <p className="flex items-center justify-center gap-2 border-b bg-raised px-4 py-2.5 text-center text-sm">
          <WifiOff aria-hidden className="size-4 shrink-0 text-warning" />
          {t('lost')}
        </p>
      )}
    </div>
  );
}
