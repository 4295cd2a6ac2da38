import { auditFile, type AuditFilters } from '@ultrarslanoglu/api-client/queries/audit';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';

const formats = ['csv', 'jsonl'] as const;

/** The log as a file, with the filters that are chosen at the moment. */
export function ExportMenu({ filters }: { filters: AuditFilters }) {
  const t = useTranslations('Audit.export');
  return (
    <div role="group" aria-label={t('label')} className="flex gap-2">
      {formats.map((format) => (
        <Button key={format} asChild size="sm" variant="outline">
          <a href={auditFile(format, filters)} download aria-label={t('as', { format: t(format) })}>
            <Download aria-hidden />
            {t(format)}
          </a>
        </Button>
      ))}
    </div>
  );
}
