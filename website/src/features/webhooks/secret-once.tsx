'use client';
import { useTranslations } from 'next-intl';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';

interface Props {
  secret: string;
  /** After a rotation the old one goes on for a while. */
  isRenewed?: boolean;
  onDone: () => void;
}

export function SecretOnce({ secret, isRenewed, onDone }: Props) {
  const t = useTranslations('Webhooks.secret');
  return (
    <div className="grid gap-5">
      <Alert tone="warning">{t('once')}</Alert>
      <CopyField label={t('label')} value={secret} />
      <p className="text-sm leading-relaxed text-muted">{t('check')}</p>
      {isRenewed && <p className="text-sm leading-relaxed text-muted">{t('both')}</p>}
      <Button className="justify-self-end" onClick={onDone}>
        {t('done')}
      </Button>
    </div>
  );
}
