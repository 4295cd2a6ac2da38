import { membersQuery } from '@ultrarslanoglu/api-client/queries/workspaces';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuditScreen } from '@/features/audit/audit-screen';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Audit');
  return { title: t('title') };
}

export default async function AuditPage() {
  if (!(await currentPerson())) return null;
  return (
    <Prefetch load={(client, api) => [client.prefetchQuery(membersQuery(api))]}>
      <AuditScreen />
    </Prefetch>
  );
}
