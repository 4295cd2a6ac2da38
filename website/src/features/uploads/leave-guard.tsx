'use client';
import { useEffect } from 'react';
import { isActive } from './upload-item';
import { useUploads } from './use-uploads';

/** Asks before the tab closes in the middle of an upload. */
export function LeaveGuard() {
  const isBusy = useUploads().some(isActive);
  useEffect(() => {
    if (!isBusy) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isBusy]);
  return null;
}
