'use client';
import { WifiOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useLiveState } from '@/lib/live/live-provider';

/** A short interruption heals by itself and is not worth a word. */
const patience = 3_000;

/** Says so when the page can no longer keep itself current. */
export function ConnectionBanner() {
  const t = useTranslations('Live');
  const isLost = useLiveState() === 'lost';
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
