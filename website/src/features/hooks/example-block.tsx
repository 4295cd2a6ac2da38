'use client';
import type { HookRead, OfferFieldRead } from '@ultrarslanoglu/api-client';
import { useTranslations } from 'next-intl';
import { CodeBlock } from '@/components/ui/code-block';
import { exampleCall, secretPlaceholder } from './example-call';
import { exampleBody } from './mapping';

interface Props {
  hook: HookRead;
  fields: readonly OfferFieldRead[];
  /** Known only right after it was made. */
  secret?: string;
}

/** A call to try the hook with. */
export function ExampleBlock({ hook, fields, secret }: Props) {
  const t = useTranslations('Hooks.example');
  const code = exampleCall({
    url: hook.url,
    signature: hook.signature,
    secret: secret ?? secretPlaceholder,
    body: exampleBody(hook.mapping, fields),
  });
  return (
    <div className="grid grid-cols-1 gap-3">
      <p className="text-sm leading-relaxed text-muted">
        {secret ? t('textWithSecret') : t('text')} {hook.signature === 'github' && t('github')}
      </p>
      <CodeBlock label={t('label')} code={code} isWrapped />
    </div>
  );
}
