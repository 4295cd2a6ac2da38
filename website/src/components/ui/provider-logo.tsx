import type { Provider } from '@ultrarslanoglu/api-client';
import type { ReactNode } from 'react';

/** A ring of four colours with a bar, and a branch: drawn here, in the companies' colours, to be told apart at a glance. */
const drawings: Record<Provider, ReactNode> = {
  google: (
    <g fill="none" strokeWidth="4">
      <path stroke="#ea4335" d="M17.66 6.34A8 8 0 0 0 5.07 8" />
      <path stroke="#fbbc05" d="M5.07 8a8 8 0 0 0 0 8" />
      <path stroke="#34a853" d="M5.07 16a8 8 0 0 0 12.07 2.13" />
      <path stroke="#4285f4" d="M17.14 18.13A8 8 0 0 0 20 12h-8" />
    </g>
  ),
  github: (
    <g fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
      <circle cx="6" cy="5" r="2.5" />
      <circle cx="6" cy="19" r="2.5" />
      <circle cx="18" cy="8" r="2.5" />
      <path d="M6 7.5v9M18 10.5c0 4-12 1.5-12 6" />
    </g>
  ),
};

export const ProviderLogo = ({ provider }: { provider: Provider }) => (
  <svg aria-hidden viewBox="0 0 24 24" className="size-5!">
    {drawings[provider]}
  </svg>
);
