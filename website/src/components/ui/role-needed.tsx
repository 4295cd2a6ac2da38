'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Link } from '@/i18n/navigation';
import { WhyNot } from './why-not';

interface Props {
  className?: string | undefined;
  /** Which roles may. */
  children: ReactNode;
}

/** Stands where one's role does not reach: which roles do, and the way to the people who give them. */
export function RoleNeeded({ className, children }: Props) {
  const t = useTranslations('Common');
  return (
    <WhyNot className={className}>
      {children}{' '}
      <Link
        href="/settings/workspace#members"
        className="rounded font-medium whitespace-nowrap text-link underline underline-offset-4"
      >
        {t('whomToAsk')}
      </Link>
    </WhyNot>
  );
}
