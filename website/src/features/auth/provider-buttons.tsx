'use client';
import type { SignInSettings } from '@ultrarslanoglu/api-client';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { ProviderLogo } from '@/components/ui/provider-logo';
import { isProvider, providerNames, providerPath } from '@/lib/providers';

interface Props {
  providers: SignInSettings['providers'];
  next: string;
}

export function ProviderButtons({ providers, next }: Props) {
  const t = useTranslations('Auth');
  const locale = useLocale();
  return providers.filter(isProvider).map((provider) => (
    <Button key={provider} asChild variant="outline">
      <a href={providerPath(provider, next, locale)}>
        <ProviderLogo provider={provider} />
        {t('continueWith', { provider: providerNames[provider] })}
      </a>
    </Button>
  ));
}
