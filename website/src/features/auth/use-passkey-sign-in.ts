'use client';
import { loginByPasskey, passkeySignInOptions } from '@ultrarslanoglu/api-client/queries/auth';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '@/lib/api';
import { askForPasskey, canOfferInForms } from '@/lib/passkeys';
import type { Destination } from './destination';
import { useEnter } from './use-sign-in';

/** The gateway's question is good for five minutes. */
const askAgainAfter = 4 * 60_000;

/** Signing in with a passkey alone: by a button, and where the browser offers stored passwords. Browsers ask one thing at a time, so the button takes the form's question back. */
export function usePasskeySignIn(destination: Destination) {
  const enter = useEnter(destination);
  const asking = useRef<AbortController>(null);
  const isButtonBusy = useRef(false);
  const [round, setRound] = useState(0);

  async function prove(isInForm: boolean) {
    asking.current?.abort();
    const own = new AbortController();
    asking.current = own;
    const options = await passkeySignInOptions(api);
    return loginByPasskey(api, await askForPasskey(options, { isInForm, signal: own.signal }));
  }
  const byForm = useMutation({ mutationFn: () => prove(true), onSuccess: enter });
  const byButton = useMutation({
    mutationFn: () => {
      isButtonBusy.current = true;
      return prove(false);
    },
    onSuccess: enter,
    onError: () => {
      isButtonBusy.current = false;
      setRound((last) => last + 1);
    },
  });

  const offer = byForm.mutate;
  useEffect(() => {
    let isGone = false;
    const offerIfFree = async () => {
      if ((await canOfferInForms()) && !isGone && !isButtonBusy.current) offer();
    };
    void offerIfFree();
    const timer = setInterval(() => void offerIfFree(), askAgainAfter);
    return () => {
      isGone = true;
      clearInterval(timer);
      asking.current?.abort();
    };
  }, [offer, round]);
  return { byForm, byButton };
}
