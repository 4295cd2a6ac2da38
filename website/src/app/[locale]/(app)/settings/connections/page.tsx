import { githubQuery } from '@ultrarslanoglu/api-client/queries/connections';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { OpenElsewhere } from '@/components/shell/open-elsewhere';
import { GitHubCard } from '@/features/connections/github-card';
import { ReturnNotice } from '@/features/connections/return-notice';
import { Prefetch } from '@/lib/prefetch';
import { currentPerson } from '@/lib/server-api';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('Connections');
  return { title: t('title') };
}

export default async function ConnectionsPage() {
  const [me, t] = await Promise.all([currentPerson(), getTranslations('Connections')]);
  if (!me) return null;
  return (
    <Prefetch load={(client, api) => [client.prefetchQuery(githubQuery(api))]}>
      <div className="grid grid-cols-1 gap-6">
        <div>
          <h2 className="text-lg font-semibold">{t('title')}</h2>
          <p className="mt-1 max-w-2xl text-muted">{t('lead')}</p>
        </div>
        {/* The page is there in every workspace; the news of a lost connection are of one. */}
        <OpenElsewhere />
        <ReturnNotice />
        <GitHubCard />
      </div>
    </Prefetch>
  );
}
