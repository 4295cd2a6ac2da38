'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from './button';

interface Props {
  isBusy: boolean;
  onMore: () => void;
}

/** The button at the end of a list. Coming near it by scrolling presses it; by keyboard it is an ordinary button. */
export function LoadMore({ isBusy, onMore }: Props) {
  const t = useTranslations('Common');
  const element = useRef<HTMLButtonElement>(null);
  const more = useEffectEvent(() => {
    if (!isBusy) onMore();
  });
  useEffect(() => {
    const button = element.current;
    if (!button) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: '400px',
    });
    observer.observe(button);
    return () => observer.disconnect();
    // A short page may leave the button in view: it is watched anew after each load.
  }, [isBusy]);
  return (
    <Button ref={element} variant="outline" className="justify-self-center" isBusy={isBusy} onClick={onMore}>
      {t('more')}
    </Button>
  );
}
