'use client';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState, type ComponentProps, type ComponentType } from 'react';
import { Skeleton } from '@/components/ui/skeleton';

const Loading = () => <Skeleton className="h-full" />;

const StackedBars = dynamic(() => import('./stacked-bars'), { ssr: false, loading: Loading });
const Lines = dynamic(() => import('./lines'), { ssr: false, loading: Loading });

/** The drawing library is large and draws nothing on the server: it comes when a chart is about to be looked at. */
export const LazyStackedBars = (props: ComponentProps<typeof StackedBars>) => useWhenSeen(StackedBars, props);
export const LazyLines = (props: ComponentProps<typeof Lines>) => useWhenSeen(Lines, props);

function useWhenSeen<Props extends object>(Chart: ComponentType<Props>, props: Props) {
  const place = useRef<HTMLDivElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (!place.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && setSeen(true), {
      rootMargin: '300px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  if (isSeen) return <Chart {...props} />;
  return (
    <div ref={place} className="h-full">
      <Loading />
    </div>
  );
}
