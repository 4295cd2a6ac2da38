'use client';
import type { TotpSetUp } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { CodeForm } from '@/components/ui/code-form';
import { CopyField } from '@/components/ui/copy-field';
import { QrCode } from './qr-code';

interface Props {
  setUp: TotpSetUp;
  isBusy: boolean;
  refusal: string | undefined;
  onCode: (code: string) => void;
}

/** The secret goes into the app by camera or by hand; a first code shows that it arrived. */
export function TotpSetUpForm({ setUp, ...form }: Props) {
  const t = useTranslations('Security.totp');
  return (
    <div className="grid gap-5">
      <p className="leading-relaxed text-muted">{t('scan')}</p>
      <div className="justify-self-center">
        <QrCode label={t('qrLabel')} text={setUp.uri} />
      </div>
      <CopyField label={t('byHand')} value={setUp.secret} />
      <CodeForm hint={t('codeHint')} submit={t('turnOn')} {...form} />
    </div>
  );
}
