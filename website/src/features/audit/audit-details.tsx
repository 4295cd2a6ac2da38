import type { AuditEntry } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CodeBlock } from '@/components/ui/code-block';
import { ExactTime } from '@/components/ui/moment';

/** Everything that was written down about one entry. */
export function AuditDetails({ entry }: { entry: AuditEntry }) {
  const t = useTranslations('Audit.details');
  const object = [entry.object_type, entry.object_id].filter(Boolean).join(' · ');
  return (
    <div className="grid grid-cols-1 gap-5 border-t bg-bg px-4 py-5 sm:px-5">
      <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-2">
        <Fact name={t('time')}>
          <ExactTime value={entry.at} />
        </Fact>
        <Fact name={t('position')}>{entry.position}</Fact>
        <Fact name={t('action')} isCode>
          {entry.action}
        </Fact>
        {entry.user_email && <Fact name={t('email')}>{entry.user_email}</Fact>}
        {object && (
          <Fact name={t('object')} isCode>
            {object}
          </Fact>
        )}
        {entry.ip && (
          <Fact name={t('ip')} isCode>
            {entry.ip}
          </Fact>
        )}
        {entry.user_agent && <Fact name={t('device')}>{entry.user_agent}</Fact>}
        {entry.request_id && (
          <Fact name={t('request')} isCode>
            {entry.request_id}
          </Fact>
        )}
      </dl>
      {Object.keys(entry.facts).length > 0 && (
        <div className="min-w-0">
          <p className="mb-2 text-sm font-medium">{t('facts')}</p>
          <CodeBlock label={t('facts')} code={JSON.stringify(entry.facts, null, 2)} isWrapped />
        </div>
      )}
    </div>
  );
}

const Fact = ({ name, isCode, children }: { name: string; isCode?: boolean; children: ReactNode }) => (
  <div className="min-w-0">
    <dt className="text-muted">{name}</dt>
    <dd className={isCode ? 'font-mono text-[0.8125rem] break-all' : 'break-words'}>{children}</dd>
  </div>
);
