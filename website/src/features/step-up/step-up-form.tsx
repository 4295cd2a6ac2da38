'use client';
import type { StepUp } from '@ultrarslanoglu/api-client';
import { factorsQuery, stepUp, stepUpOptions } from '@ultrarslanoglu/api-client/queries/security';
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, Lock, Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { CodeForm } from '@/components/ui/code-form';
import { NotLoaded } from '@/components/ui/not-loaded';
import { Skeleton } from '@/components/ui/skeleton';
import { api } from '@/lib/api';
import { askForPasskey } from '@/lib/passkeys';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useHasPasskeys } from '@/lib/use-has-passkeys';
import { usePasskeySentence } from '@/lib/use-passkey-sentence';
import { PasswordProof } from './password-proof';
import { ProviderProof } from './provider-proof';

const icons = { passkey: KeyRound, password: Lock, totp: Smartphone };
type Way = keyof typeof icons;

export function StepUpForm({ onProved }: { onProved: () => void }) {
  const t = useTranslations('StepUp');
  const sentence = useErrorSentence();
  const passkeySentence = usePasskeySentence();
  const factors = useQuery(factorsQuery(api));
  const prove = useMutation({ mutationFn: (body: StepUp) => stepUp(api, body), onSuccess: onProved });
  const byPasskey = useMutation({
    mutationFn: async () => askForPasskey(await stepUpOptions(api)),
    onSuccess: (passkey) => prove.mutate({ passkey }),
  });
  const hasPasskeys = useHasPasskeys();
  const [chosen, setChosen] = useState<Way | null>(null);

  if (!factors.data) {
    return (
      <NotLoaded query={factors}>
        <Skeleton className="h-36" />
      </NotLoaded>
    );
  }
  const { has_password, totp, passkeys } = factors.data;
  const ways: Way[] = [
    ...(passkeys.length > 0 && hasPasskeys ? (['passkey'] as const) : []),
    ...(has_password ? (['password'] as const) : []),
    ...(totp.is_enabled ? (['totp'] as const) : []),
  ];
  const way = chosen ?? ways[0];
  const refusal = prove.isError ? sentence(prove.error) : undefined;

  function choose(next: Way) {
    prove.reset();
    byPasskey.reset();
    setChosen(next);
  }
  if (!way) return <ProviderProof />;
  return (
    <div className="grid gap-5">
      <p className="leading-relaxed text-muted">{t('text')}</p>
      {way === 'password' && (
        <PasswordProof
          isBusy={prove.isPending}
          refusal={refusal}
          onPassword={(password) => prove.mutate({ password })}
        />
      )}
      {way === 'totp' && (
        <CodeForm
          hint={t('totpHint')}
          submit={t('submit')}
          isBusy={prove.isPending}
          refusal={refusal}
          onCode={(code) => prove.mutate({ totp: code })}
        />
      )}
      {way === 'passkey' && (
        <>
          {byPasskey.isError && <Alert>{passkeySentence(byPasskey.error)}</Alert>}
          {refusal && <Alert>{refusal}</Alert>}
          <Button
            data-first
            isBusy={byPasskey.isPending || prove.isPending}
            onClick={() => byPasskey.mutate()}
          >
            <KeyRound aria-hidden />
            {t('usePasskey')}
          </Button>
        </>
      )}
      {ways.length > 1 && (
        <div className="flex flex-wrap gap-2 border-t pt-4">
          {ways
            .filter((other) => other !== way)
            .map((other) => {
              const Icon = icons[other];
              return (
                <Button key={other} variant="ghost" size="sm" onClick={() => choose(other)}>
                  <Icon aria-hidden />
                  {t(`ways.${other}`)}
                </Button>
              );
            })}
        </div>
      )}
    </div>
  );
}
