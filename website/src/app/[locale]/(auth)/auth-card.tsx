import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { Link } from '@/i18n/navigation';

interface Props {
  title: string;
  lead: string;
  question: string;
  answer: string;
  href: string;
  children: ReactNode;
}

export function AuthCard({ title, lead, question, answer, href, children }: Props) {
  return (
    <div className="w-full max-w-md">
      <Card className="p-6 sm:p-8">
        <h1 className="font-display text-3xl leading-snug font-semibold">{title}</h1>
        <p className="mt-1 mb-7 text-muted">{lead}</p>
        {children}
      </Card>
      <p className="mt-6 text-center text-sm text-muted">
        {question}{' '}
        <Link href={href} className="rounded font-medium text-link underline underline-offset-4">
          {answer}
        </Link>
      </p>
    </div>
  );
}
