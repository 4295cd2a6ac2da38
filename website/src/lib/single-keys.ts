'use client';
import { useSyncExternalStore } from 'react';

/** Whether single letters and signs are shortcuts. Whoever dictates, or hits keys by mistake, can turn them off, for the browser that they sit at. */

const key = 'ultra:single-keys';
const listeners = new Set<() => void>();

export const areSingleKeysOn = () => localStorage.getItem(key) !== 'off';

export function setSingleKeys(isOn: boolean) {
  if (isOn) localStorage.removeItem(key);
  else localStorage.setItem(key, 'off');
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  // Other tabs.
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export const useSingleKeys = () => useSyncExternalStore(subscribe, areSingleKeysOn, () => true);
