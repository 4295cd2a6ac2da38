import { resolve } from 'node:path';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

// The lock file and node_modules lie at the root of the repository, beside api-client.
const repository = resolve(import.meta.dirname, '..');

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'strict-origin-when-cross-origin' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
  },
];

/** Links of mails hold a key, which no other site is to hear of. */
const letterPages = ['reset-password', 'verify-email', 'confirm-email', 'undo-email'];
const noReferrer = { key: 'Referrer-Policy', value: 'no-referrer' };

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  transpilePackages: ['@ultrarslanoglu/api-client'],
  poweredByHeader: false,
  reactStrictMode: true,
  agentRules: false,
  experimental: { agentUpgrade: false },
  // Content-Security-Policy is set by proxy.ts, because it carries a nonce. The gateway sends its own headers with /api.
  headers: async () => [
    { source: '/((?!api/).*)', headers: securityHeaders },
    { source: `/:language(en)?/:page(${letterPages.join('|')})`, headers: [noReferrer] },
  ],
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
