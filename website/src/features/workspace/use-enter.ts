'use client';
import { useLocale } from 'next-intl';
import { getPathname } from '@/i18n/navigation';
import { enterWorkspace } from '@/lib/session/enter-workspace';

/** Begins anew in the workspace that the session has moved to. */
export function useEnter() {
  const locale = useLocale();
  return () => enterWorkspace(getPathname({ href: '/dashboard', locale }));
}
