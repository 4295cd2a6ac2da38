'use client';
import type { KeyMade } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';

interface Props {
  made: KeyMade;
  /** It replaces one that goes on for a day. */
  isRenewed?: boolean;
  onDone: () => void;
}

export function KeyOnce({ made, isRenewed, onDone }: Props) {
  const t = useTranslations('Security.keys');
  return (
    <div className="grid gap-5">
      <Alert tone="warning">{t('once')}</Alert>
      <CopyField label={made.details.name} value={made.key} />
      <p className="text-sm leading-relaxed text-muted">
        {t.rich('howTo', {
          code: (chunks) => <code className="rounded bg-raised px-1.5 py-0.5 break-all">{chunks}</code>,
        })}
      </p>
      {isRenewed && <p className="text-sm leading-relaxed text-muted">{t('both')}</p>}
      <Button className="justify-self-end" onClick={onDone}>
        {t('done')}
      </Button>
    </div>
  );
}
