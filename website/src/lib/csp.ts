/** Content-Security-Policy. Pages that are rendered for a request get a nonce; the landing page is built once and cannot have one. */
import { isDevelopment, isHttps, mediaOrigin } from './env';

/** Where browsers tell of what the policy kept away; the gateway notes it without addresses or secrets. */
export const reportingEndpoints = 'csp="/api/csp-reports"';

export function contentSecurityPolicy(nonce: string | null): string {
  const scripts = nonce ? [`'nonce-${nonce}'`, "'strict-dynamic'"] : ["'unsafe-inline'"];
  if (isDevelopment()) scripts.push("'unsafe-eval'");
  const media = mediaOrigin() ? ` ${mediaOrigin()}` : '';
  return [
    "default-src 'self'",
    `script-src 'self' ${scripts.join(' ')}`,
    // Style attributes and the styles that player and menus write at run time cannot carry a nonce.
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob:${media}`,
    `media-src 'self' blob:${media}`,
    "font-src 'self'",
    `connect-src 'self'${media}`,
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isHttps() ? ['upgrade-insecure-requests'] : []),
    // Two names of one thing: not every browser knows the newer one.
    'report-to csp',
    'report-uri /api/csp-reports',
  ].join('; ');
}
