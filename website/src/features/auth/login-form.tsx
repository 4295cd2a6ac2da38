'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { signInSettingsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { PasswordField } from '@/components/ui/password-field';
import { TextField } from '@/components/ui/text-field';
import { Link } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { PasskeyCancelled } from '@/lib/passkeys';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useHasPasskeys } from '@/lib/use-has-passkeys';
import { usePasskeySentence } from '@/lib/use-passkey-sentence';
import { checkEmail, checkRequired, faultsOf } from './check-fields';
import type { Destination } from './destination';
import { OrLine } from './or-line';
import { ProviderButtons } from './provider-buttons';
import { usePasskeySignIn } from './use-passkey-sign-in';
import { useLogin } from './use-sign-in';

export function LoginForm({ destination }: { destination: Destination }) {
  const t = useTranslations('Auth');
  const sentence = useErrorSentence();
  const passkeySentence = usePasskeySentence();
  const settings = useQuery(signInSettingsQuery(api)).data;
  const login = useLogin(destination);
  const passkey = usePasskeySignIn(destination);
  const hasPasskeys = useHasPasskeys() && settings?.passkeys !== false;
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf<'email' | 'password'>>>({});
  const refusal = login.error instanceof ApiError ? login.error : null;
  const errorOf = (name: 'email' | 'password') => {
    const fault = faults[name];
    return fault ? t(`faults.${fault}`) : refusal?.field(name);
  };
  const passkeyError =
    passkey.byButton.error ??
    (passkey.byForm.error instanceof PasskeyCancelled ? null : passkey.byForm.error);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = { email: textOf(form, 'email').trim(), password: textOf(form, 'password') };
    const found = faultsOf({ email: checkEmail(values.email), password: checkRequired(values.password) });
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(event.currentTarget, found);
    login.mutate(values);
  }

  return (
    <>
      <form noValidate method="post" className="grid gap-5" onSubmit={submit}>
        <TextField
          label={t('email')}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="username webauthn"
          autoCapitalize="none"
          required
          error={errorOf('email')}
        />
        <div className="relative">
          <PasswordField
            label={t('password')}
            name="password"
            autoComplete="current-password webauthn"
            required
            error={errorOf('password')}
          />
          <Link
            href="/forgot-password"
            className="absolute top-0 right-0 rounded text-sm font-medium text-link underline underline-offset-4"
          >
            {t('forgot')}
          </Link>
        </div>
        {login.isError && <Alert>{sentence(login.error)}</Alert>}
        <Button type="submit" isBusy={login.isPending || login.isSuccess}>
          {t('login')}
        </Button>
      </form>
      {(hasPasskeys || (settings?.providers.length ?? 0) > 0) && <OrLine>{t('or')}</OrLine>}
      <div className="grid gap-3">
        {hasPasskeys && (
          <Button
            variant="outline"
            isBusy={passkey.byButton.isPending || passkey.byButton.isSuccess}
            onClick={() => passkey.byButton.mutate()}
          >
            <KeyRound aria-hidden className="text-gold-ink" />
            {t('usePasskey')}
          </Button>
        )}
        {passkeyError && <Alert>{passkeySentence(passkeyError)}</Alert>}
        {settings && <ProviderButtons providers={settings.providers} next={destination.next} />}
      </div>
    </>
  );
}
