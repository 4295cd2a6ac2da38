import { headers } from 'next/headers';
import { PublicFrame } from '@/components/shell/public-frame';

/** Pages that a link in a mail leads to: they work for everybody who has the link, signed in or not. */
export default async function LetterLayout({ children }: LayoutProps<'/[locale]'>) {
  return <PublicFrame nonce={(await headers()).get('x-nonce') ?? undefined}>{children}</PublicFrame>;
}
