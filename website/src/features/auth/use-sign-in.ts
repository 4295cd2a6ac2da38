'use client';
import type { Credentials, UserCreate, SignedIn } from '@ultrarslanoglu/api-client';
import { login, register } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { api } from '@/lib/api';
import { tellOtherTabs } from '@/lib/session/channel';
import { rememberRenewal } from '@/lib/session/lifetime';

/** A full page load afterwards: the server renders the first page with the new cookies, and nothing old stays in memory. */
function enter(signedIn: SignedIn, next: string) {
  rememberRenewal(signedIn.token);
  tellOtherTabs('signed-in');
  window.location.assign(next);
}

export const useLogin = (next: string) =>
  useMutation({
    mutationFn: (body: Credentials) => login(api, body),
    onSuccess: (signedIn) => enter(signedIn, next),
  });

export const useRegister = (next: string) =>
  useMutation({
    mutationFn: (body: UserCreate) => register(api, body),
    onSuccess: (signedIn) => enter(signedIn, next),
  });
