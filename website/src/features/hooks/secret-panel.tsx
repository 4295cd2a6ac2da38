'use client';
import type { HookWithSecret, OfferFieldRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CopyField } from '@/components/ui/copy-field';
import { ExampleBlock } from './example-block';

interface Props {
  hook: HookWithSecret;
  fields: readonly OfferFieldRead[];
  onDone: () => void;
}

/** The secret, the only time that it can be seen. */
export function SecretPanel({ hook, fields, onDone }: Props) {
  const t = useTranslations('Hooks');
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It takes the place of a form that may have been scrolled to its end.
    panel.current?.closest('dialog')?.scrollTo(0, 0);
    panel.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div ref={panel} tabIndex={-1} className="grid grid-cols-1 gap-5 outline-none">
      <Alert tone="warning">{t('secret.text')}</Alert>
      <CopyField label={t('secret.label')} value={hook.secret} />
      <CopyField label={t('url')} value={hook.url} />
      <section className="grid grid-cols-1 gap-2">
        <h3 className="text-sm font-medium">{t('example.heading')}</h3>
        <ExampleBlock hook={hook} fields={fields} secret={hook.secret} />
      </section>
      <Button className="justify-self-end" onClick={onDone}>
        {t('secret.done')}
      </Button>
    </div>
  );
}
