'use client';
import { NotFound } from '@ultrarslanoglu/api-client/errors';
import { hookQuery } from '@ultrarslanoglu/api-client/queries/hooks';
import { offersQuery } from '@ultrarslanoglu/api-client/queries/jobs';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { PageNotLoaded } from '@/components/shell/page-not-loaded';
import { Card } from '@/components/ui/card';
import { CopyField } from '@/components/ui/copy-field';
import { SectionHeading } from '@/components/ui/section-heading';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { CallLog } from './call-log';
import { ExampleBlock } from './example-block';
import { HookGone } from './hook-gone';
import { HookHeader } from './hook-header';
import { MappingList } from './mapping-list';

/** Everything about one hook. */
export function HookScreen({ id }: { id: string }) {
  const t = useTranslations('Hooks');
  const query = useQuery(hookQuery(api, id));
  const offers = useQuery(offersQuery(api)).data?.items ?? [];
  const hook = query.data;
  if (query.error instanceof NotFound) return <HookGone />;
  if (!hook) {
    return (
      <PageNotLoaded query={query}>
        <Skeleton className="h-96 w-full" />
      </PageNotLoaded>
    );
  }
  const offer = offers.find(({ name }) => name === hook.offer);
  const fields = offer?.fields ?? [];
  return (
    <div className="grid grid-cols-1 gap-6">
      <HookHeader hook={hook} fields={fields} starts={offer?.title ?? hook.offer} />
      <div className="grid grid-cols-1 items-start gap-x-8 gap-y-6 lg:grid-cols-2">
        <div className="grid grid-cols-1 gap-6">
          <Card className="grid grid-cols-1 gap-5">
            <CopyField label={t('url')} value={hook.url} />
            <MappingList mapping={hook.mapping} fields={fields} />
          </Card>
          <section aria-labelledby="calls" className="min-w-0">
            <SectionHeading id="calls">{t('calls.heading')}</SectionHeading>
            <CallLog id={id} />
          </section>
        </div>
        <section aria-labelledby="example" className="min-w-0">
          <SectionHeading id="example">{t('example.heading')}</SectionHeading>
          <ExampleBlock hook={hook} fields={fields} />
        </section>
      </div>
    </div>
  );
}
