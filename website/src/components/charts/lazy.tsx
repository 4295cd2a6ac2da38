'use client';
import dynamic from 'next/dynamic';
import { Skeleton } from '@/components/ui/skeleton';

const Loading = () => <Skeleton className="h-full" />;

/** The drawing library is large and draws nothing on the server: it comes when a chart is looked at. */
export const LazyStackedBars = dynamic(() => import('./stacked-bars'), { ssr: false, loading: Loading });
export const LazyLines = dynamic(() => import('./lines'), { ssr: false, loading: Loading });
