'use client';
import { NotSignedIn } from '@ultrarslanoglu/api-client/errors';
import { secondFactorOptions, secondFactorQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, LifeBuoy, Smartphone } from 'lucide-react';
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
import type { Destination } from './destination';
import { destinationQuery } from './destination';
import { LetterInvalid } from './letter-states';
import { RecoveryForm } from './recovery-form';
import { useSecondFactor } from './use-sign-in';

const icons = { totp: Smartphone, passkey: KeyRound, recovery: LifeBuoy };
type Way = keyof typeof icons;

/** The second step of signing in, by whichever way they have at hand. */
export function SecondFactorPanel({ destination }: { destination: Destination }) {
  const t = useTranslations('Auth.secondFactor');
  const sentence = useErrorSentence();
  const passkeySentence = usePasskeySentence();
  const begun = useQuery({ ...secondFactorQuery(api), retry: false });
  const finish = useSecondFactor(destination);
  const byPasskey = useMutation({
    mutationFn: async () => askForPasskey(await secondFactorOptions(api)),
    onSuccess: (passkey) => finish.mutate({ passkey }),
  });
  const hasPasskeys = useHasPasskeys();
  const [chosen, setChosen] = useState<Way | null>(null);

  if ([begun.error, finish.error, byPasskey.error].some((error) => error instanceof NotSignedIn)) {
    return (
      <LetterInvalid
        title={t('over.title')}
        text={t('over.text')}
        href={`/login?${destinationQuery(destination)}`}
        action={t('over.action')}
      />
    );
  }
  if (!begun.data) {
    return (
      <NotLoaded query={begun}>
        <Skeleton className="h-40" />
      </NotLoaded>
    );
  }
  const ways = begun.data.ways.filter((way) => way !== 'passkey' || hasPasskeys);
  const way = chosen ?? ways[0];
  const isBusy = finish.isPending || finish.isSuccess;
  const refusal = finish.isError ? sentence(finish.error) : undefined;

  function choose(next: Way) {
    finish.reset();
    byPasskey.reset();
    setChosen(next);
  }
  return (
    <div className="grid gap-6">
      {way === 'totp' && (
        <CodeForm
          hint={t('totp.hint')}
          submit={t('submit')}
          isBusy={isBusy}
          refusal={refusal}
          onCode={(code) => finish.mutate({ code })}
        />
      )}
      {way === 'recovery' && (
        <RecoveryForm
          isBusy={isBusy}
          refusal={refusal}
          onCode={(recovery_code) => finish.mutate({ recovery_code })}
        />
      )}
      {way === 'passkey' && (
        <div className="grid gap-5">
          <p className="leading-relaxed text-muted">{t('passkey.hint')}</p>
          {byPasskey.isError && <Alert>{passkeySentence(byPasskey.error)}</Alert>}
          {refusal && <Alert>{refusal}</Alert>}
          <Button isBusy={byPasskey.isPending || isBusy} onClick={() => byPasskey.mutate()}>
            <KeyRound aria-hidden />
            {t('passkey.action')}
          </Button>
        </div>
      )}
      {ways.length > 1 && (
        <section aria-labelledby="other-ways" className="grid gap-2 border-t pt-5">
          <h2 id="other-ways" className="text-sm font-medium">
            {t('others')}
          </h2>
          {ways
            .filter((other) => other !== way)
            .map((other) => {
              const Icon = icons[other];
              return (
                <Button key={other} variant="outline" onClick={() => choose(other)}>
                  <Icon aria-hidden className="text-gold-ink" />
                  {t(`ways.${other}`)}
                </Button>
              );
            })}
        </section>
      )}
    </div>
  );
}
