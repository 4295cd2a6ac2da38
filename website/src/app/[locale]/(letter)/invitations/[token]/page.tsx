import { invitationQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { InvitationPanel } from '@/features/invitations/invitation-panel';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Invitations');
  // The address is a key: no search engine is to keep it, no other site is to hear of it.
  return { title: t('title'), robots: { index: false }, referrer: 'no-referrer' };
}

export default async function InvitationPage({ params }: PageProps<'/[locale]/invitations/[token]'>) {
  const token = decodeURIComponent((await params).token);
  return (
    <Prefetch load={(client, api) => [client.prefetchQuery(invitationQuery(api, token))]}>
      <InvitationPanel token={token} me={await currentPerson()} />
    </Prefetch>
  );
}
