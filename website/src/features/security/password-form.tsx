'use client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { meQuery } from '@ultrarslanoglu/api-client/queries/auth';
import { changePassword, setFirstPassword } from '@ultrarslanoglu/api-client/queries/security';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef, useState, type FormEvent } from 'react';
import { toast } from 'sonner';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { NewPasswordField } from '@/components/ui/new-password-field';
import { PasswordField } from '@/components/ui/password-field';
import { api } from '@/lib/api';
import { focusFirstFault } from '@/lib/focus-first-fault';
import { textOf } from '@/lib/form-text';
import { checkNewPassword, isBreachRefusal } from '@/lib/new-password';
import { useErrorSentence } from '@/lib/use-error-sentence';
import { useSecurityAction } from './use-security-action';

type Faults = Partial<Record<'current_password' | 'new_password', string>>;

interface Values {
  current_password: string;
  new_password: string;
}

export function PasswordForm({ isFirst }: { isFirst: boolean }) {
  const t = useTranslations('Security.password');
  const sentence = useErrorSentence();
  const email = useQuery(meQuery(api)).data?.user.email;
  const element = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<Faults>({});
  const [endsOthers, setEndsOthers] = useState(true);
  // Choosing it anew empties the fields, and what the bar says of them.
  const [round, setRound] = useState(0);
  const change = useSecurityAction({
    run: ({ current_password, new_password }: Values) =>
      isFirst
        ? setFirstPassword(api, new_password)
        : changePassword(api, { current_password, new_password, end_others: endsOthers }),
    touches: ['factors', 'sessions'],
    isSaidInPlace: true,
    onSuccess: () => {
      toast.success(t(isFirst ? 'set' : endsOthers ? 'changedAndEnded' : 'changed'));
      setRound((last) => last + 1);
    },
  });
  const refusal = change.error instanceof ApiError ? change.error : null;
  const ownRefusal: Faults = {
    ...(refusal?.code === 'wrong_password' ? { current_password: refusal.message } : {}),
    ...(isBreachRefusal(refusal) && refusal ? { new_password: refusal.message } : {}),
  };
  const errorOf = (name: keyof Faults) => faults[name] ?? ownRefusal[name] ?? refusal?.field(name);

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const values = {
      current_password: textOf(data, 'current_password'),
      new_password: textOf(data, 'new_password'),
    };
    const fault = checkNewPassword(values.new_password);
    const found: Faults = {
      ...(isFirst || values.current_password ? {} : { current_password: t('currentEmpty') }),
      ...(fault ? { new_password: t(`faults.${fault}`) } : {}),
    };
    setFaults(found);
    if (Object.keys(found).length > 0) return focusFirstFault(event.currentTarget, found);
    change.mutate(values, {
      onError: (error) => {
        const name = isBreachRefusal(error) ? 'new_password' : 'current_password';
        if (element.current) focusFirstFault(element.current, { [name]: true });
      },
    });
  }

  return (
    <form key={round} ref={element} noValidate onSubmit={submit} className="grid max-w-md gap-5">
      {/* Password managers look for whose password it is. */}
      <input type="text" name="email" autoComplete="username" value={email ?? ''} readOnly hidden />
      {isFirst ? (
        <p className="leading-relaxed text-muted">{t('none')}</p>
      ) : (
        <PasswordField
          label={t('current')}
          name="current_password"
          autoComplete="current-password"
          required
          error={errorOf('current_password')}
        />
      )}
      <NewPasswordField
        label={t('next')}
        name="new_password"
        required
        hint={t('hint')}
        error={errorOf('new_password')}
      />
      {!isFirst && (
        <Checkbox label={t('endOthers')} checked={endsOthers} onChange={() => setEndsOthers(!endsOthers)}>
          {t('endOthers')}
        </Checkbox>
      )}
      {change.isError && Object.keys(ownRefusal).length === 0 && <Alert>{sentence(change.error)}</Alert>}
      <Button type="submit" className="justify-self-start" isBusy={change.isPending}>
        {t(isFirst ? 'saveFirst' : 'save')}
      </Button>
    </form>
  );
}
