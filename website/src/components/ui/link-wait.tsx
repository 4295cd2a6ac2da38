'use client';
import { LoaderCircle } from 'lucide-react';
import { useLinkStatus } from 'next/link';
import { cn } from '@/lib/cn';

/** Inside a link: turns while its page is on the way, if that takes a moment. */
export function LinkWait({ className }: { className?: string }) {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return <LoaderCircle aria-hidden className={cn('size-4 shrink-0 link-wait', className)} />;
}
