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

/** Files never pass proxy.ts, which sets these for pages. Browsers heed the first one over TLS alone, so it harms no installation without. The policy is narrow, because a worker is held to that of its own file. */
const fileHeaders = [
  { key: 'Strict-Transport-Security', value: 'max-age=31536000; includeSubDomains' },
  {
    key: 'Content-Security-Policy',
    value: "object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  },
];
/** All that has a dot in its last part, as the matcher of proxy.ts says it; the keys of unsubscribe links have one as well. */
const files = ['/_next/:path*', '/((?!api/|_next/|unsubscribe/|en/unsubscribe/).*\\.[^/]+)'];

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
    ...files.map((source) => ({ source, headers: fileHeaders })),
    { source: `/:language(en)?/:page(${letterPages.join('|')})`, headers: [noReferrer] },
  ],
};

export default createNextIntlPlugin('./src/i18n/request.ts')(config);
