'use client';
import { identitiesQuery } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ProviderLogo } from '@/components/ui/provider-logo';
import { api } from '@/lib/api';
import { providerNames, providerPath } from '@/lib/providers';

/** For those who have nothing but an account elsewhere: coming in by it once more is the proof. */
export function ProviderProof() {
  const t = useTranslations('StepUp');
  const locale = useLocale();
  const identities = useQuery(identitiesQuery(api)).data?.items ?? [];
  const providers = [...new Set(identities.map((identity) => identity.provider))];
  return (
    <div className="grid gap-5">
      <p className="leading-relaxed text-muted">{t('providerText')}</p>
      <div className="grid gap-3">
        {providers.map((provider) => (
          <Button key={provider} asChild variant="outline">
            <a href={providerPath(provider, window.location.pathname, locale)}>
              <ProviderLogo provider={provider} />
              {t('byProvider', { provider: providerNames[provider] })}
            </a>
          </Button>
        ))}
      </div>
    </div>
  );
}
