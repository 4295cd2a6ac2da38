/** A call that somebody can paste into a terminal: signed as the hook asks for it, with nothing but curl and openssl. */
import type { HookRead } from '@ultrarslanoglu/api-client';

interface Call {
  url: string;
  signature: HookRead['signature'];
  /** The real one while it is known, a placeholder afterwards. */
  secret: string;
  body: unknown;
}

export const secretPlaceholder = 'whsec_…';

/** Between single quotes a shell reads everything as it is, save a single quote. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

export function exampleCall({ url, signature, secret, body }: Call): string {
  const start = [`secret=${quoted(secret)}`, `body=${quoted(JSON.stringify(body))}`];
  return [...start, ...(signature === 'github' ? githubCall(url) : standardCall(url))].join('\n');
}

/** GitHub signs the body alone, with the secret as it is written. */
const githubCall = (url: string) => [
  `signature=$(printf %s "$body" | openssl dgst -sha256 -hmac "$secret" | sed 's/^.* //')`,
  `curl -i ${quoted(url)} \\`,
  `  -H 'content-type: application/json' \\`,
  `  -H "x-github-delivery: $(date +%s)" \\`,
  `  -H "x-hub-signature-256: sha256=$signature" \\`,
  `  -d "$body"`,
];

/** Standard Webhooks sign id, time and body; the secret's bytes stand after `whsec_` as base64. */
const standardCall = (url: string) => [
  `id="msg_$(date +%s)"`,
  `at=$(date +%s)`,
  `key=$(printf %s "\${secret#whsec_}" | openssl base64 -d -A | od -An -tx1 | tr -d ' \\n')`,
  `signature=$(printf %s "$id.$at.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A)`,
  `curl -i ${quoted(url)} \\`,
  `  -H 'content-type: application/json' \\`,
  `  -H "webhook-id: $id" \\`,
  `  -H "webhook-timestamp: $at" \\`,
  `  -H "webhook-signature: v1,$signature" \\`,
  `  -d "$body"`,
];
