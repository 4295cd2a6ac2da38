'use client';
import type { Credentials, SecondFactor, SignedIn, UserCreate } from '@ultrarslanoglu/api-client';
import { ApiError } from '@ultrarslanoglu/api-client/errors';
import { confirmIdentity, finishLogin, login, register } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { getPathname, useRouter } from '@/i18n/navigation';
import { api } from '@/lib/api';
import { tellOtherTabs } from '@/lib/session/channel';
import { rememberRenewal } from '@/lib/session/lifetime';
import { destinationQuery, type Destination } from './destination';

/** A full page load: the server renders the first page with the new cookies, and nothing old stays in memory. */
export function useEnter({ next, link }: Destination) {
  const locale = useLocale();
  return async (signedIn: SignedIn) => {
    rememberRenewal(signedIn.token);
    tellOtherTabs('signed-in');
    if (!link) return window.location.assign(next);
    const outcome = await confirmIdentity(api).then(
      () => ({ linked: link }),
      (error: unknown) => ({
        error: error instanceof ApiError ? error.code : 'unreachable',
        provider: link,
      }),
    );
    // They are in, whatever became of the link; its page says which.
    const page = getPathname({ href: '/settings/security', locale });
    window.location.assign('linked' in outcome ? next : `${page}?${new URLSearchParams(outcome).toString()}`);
  };
}

export function useLogin(destination: Destination) {
  const router = useRouter();
  const enter = useEnter(destination);
  return useMutation({
    mutationFn: (body: Credentials) => login(api, body),
    onSuccess: (answer) => {
      if ('token' in answer) return enter(answer);
      router.push(`/login/second-factor?${destinationQuery(destination)}`);
    },
  });
}

export function useSecondFactor(destination: Destination) {
  const enter = useEnter(destination);
  return useMutation({ mutationFn: (body: SecondFactor) => finishLogin(api, body), onSuccess: enter });
}

/** Some installations let people in at once, others when they have read their mail. */
export function useRegister(destination: Destination) {
  const enter = useEnter(destination);
  return useMutation({
    mutationFn: (body: UserCreate) => register(api, body),
    onSuccess: (answer) => ('token' in answer ? enter(answer) : undefined),
  });
}
