'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { signInSettingsQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState, type FormEvent } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { NewPasswordField } from '@/components/ui/new-password-field';
import { TextField } from '@/components/ui/text-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { checkNewPassword, isBreachRefusal } from '@/lib/new-password';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { checkEmail, checkRequired, faultsOf } from './check-fields';
import type { Destination } from './destination';
import { LookIntoMail } from './look-into-mail';
import { OrLine } from './or-line';
import { ProviderButtons } from './provider-buttons';
import { useRegister } from './use-sign-in';

type Field = 'name' | 'email' | 'password';

export function RegisterForm({ destination }: { destination: Destination }) {
  const t = useTranslations('Auth');
  const locale = useLocale();
  const sentence = useErrorSentence();
  const settings = useQuery(signInSettingsQuery(api)).data;
  const register = useRegister(destination);
  const element = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<ReturnType<typeof faultsOf<Field>>>({});
  const refusal = register.error instanceof ApiError ? register.error : null;
  const isBreached = isBreachRefusal(refusal);
  const errorOf = (name: Field) => {
    const fault = faults[name];
    if (fault) return t(`faults.${fault}`);
    return name === 'password' && isBreached ? refusal?.message : refusal?.field(name);
  };

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = {
      name: textOf(form, 'name').trim(),
      email: textOf(form, 'email').trim(),
      password: textOf(form, 'password'),
    };
    const found = faultsOf({
      name: checkRequired(values.name) && 'name',
      email: checkEmail(values.email),
      password: checkNewPassword(values.password),
    });
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(event.currentTarget, found);
    register.mutate(
      { ...values, locale },
      {
        onError: (error) =>
          isBreachRefusal(error) && element.current && focusFirstFault(element.current, { password: true }),
      },
    );
  }

  const isTaken = register.data && !('token' in register.data);
  return (
    <>
      {isTaken && register.variables && (
        <LookIntoMail
          email={register.variables.email}
          text={t('registerPage.mailText')}
          onBack={register.reset}
        />
      )}
      {/* Stays while the mail is on its way: whoever mistyped the address comes back to what they wrote. */}
      <div hidden={isTaken}>
        <form ref={element} noValidate method="post" className="grid gap-5" onSubmit={submit}>
          <TextField label={t('name')} name="name" autoComplete="name" required error={errorOf('name')} />
          <TextField
            label={t('email')}
            name="email"
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            required
            error={errorOf('email')}
          />
          <NewPasswordField
            label={t('password')}
            name="password"
            required
            hint={t('passwordHint')}
            error={errorOf('password')}
          />
          {register.isError && !isBreached && <Alert>{sentence(register.error)}</Alert>}
          <Button type="submit" isBusy={register.isPending || register.isSuccess}>
            {t('register')}
          </Button>
        </form>
        {settings && settings.providers.length > 0 && (
          <>
            <OrLine>{t('or')}</OrLine>
            <div className="grid gap-3">
              <ProviderButtons providers={settings.providers} next={destination.next} />
            </div>
          </>
        )}
      </div>
    </>
  );
}
