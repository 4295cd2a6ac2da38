'use client';
import { CircleCheck, Unlink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Link } from '@/i18n/navigation';

interface Props {
  title: string;
  text: string;
  /** Where to go on. */
  href: string;
  action: string;
}

export const LetterDone = (props: Props) => (
  <State icon={<CircleCheck aria-hidden className="size-6 text-success" />} {...props} />
);

/** Used, too old, or copied in part: nobody is told which, but what to do now. */
export const LetterInvalid = (props: Props) => (
  <State icon={<Unlink aria-hidden className="size-6 text-warning" />} {...props} />
);

const State = ({ icon, title, text, href, action }: Props & { icon: ReactNode }) => (
  <div className="grid gap-6">
    <div role="status" className="flex gap-4">
      <span className="grid size-12 shrink-0 place-items-center rounded-2xl bg-raised">{icon}</span>
      <div className="min-w-0">
        <p className="font-semibold">{title}</p>
        <p className="mt-1 leading-relaxed text-muted">{text}</p>
      </div>
    </div>
    <Button asChild>
      <Link href={href}>{action}</Link>
    </Button>
  </div>
);
