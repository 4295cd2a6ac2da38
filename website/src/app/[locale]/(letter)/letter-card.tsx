import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

interface Props {
  title: string;
  lead?: string;
  children: ReactNode;
}

export const LetterCard = ({ title, lead, children }: Props) => (
  <Card className="w-full max-w-md p-6 sm:p-8">
    <h1 className="mb-6 font-display text-3xl leading-snug font-semibold">{title}</h1>
    {lead && <p className="-mt-5 mb-7 text-muted">{lead}</p>}
    {children}
  </Card>
);

/** The address is a key: no search engine is to keep it, no other site is to hear of it. */
export const letterMetadata = (title: string): Metadata => ({
  title,
  robots: { index: false },
  referrer: 'no-referrer',
});
