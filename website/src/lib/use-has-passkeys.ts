'use client';
import { arePasskeysSupported } from './passkeys';
import { useIsMounted } from './use-is-mounted';

/** Only the browser knows, so the server's page says no at first. */
export const useHasPasskeys = () => useIsMounted() && arePasskeysSupported();
