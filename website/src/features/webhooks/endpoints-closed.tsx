'use client';
import { useTranslations } from 'next-intl';
import { OpenElsewhere } from '@/components/shell/open-elsewhere';
import { Card } from '@/components/ui/card';
import { RoleNeeded } from '@/components/ui/role-needed';
import { EndpointsLead } from './endpoints-lead';

/** Instead of the endpoints, for those whose role does not show them. */
export function EndpointsClosed() {
  const t = useTranslations('Webhooks');
  return (
    <div className="grid grid-cols-1 gap-6">
      <EndpointsLead />
      <Card className="grid justify-items-start gap-4">
        <RoleNeeded>{t('whyNot')}</RoleNeeded>
        <OpenElsewhere />
      </Card>
    </div>
  );
}
