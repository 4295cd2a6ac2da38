/** Content-Security-Policy. Pages that are rendered for a request get a nonce; the landing page is built once and cannot have one. */
import { isDevelopment, mediaOrigin } from './env';

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
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
