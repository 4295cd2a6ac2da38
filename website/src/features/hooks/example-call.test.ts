// @vitest-environment node
import { execFile } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { exampleCall } from './example-call';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

let server: Server | undefined;
afterEach(() => server?.close());

/** Runs the call in a real shell against a real server. */
async function received(signature: 'standard' | 'github', secret: string, body: unknown): Promise<Received> {
  let settle: (call: Received) => void;
  const call = new Promise<Received>((resolve) => (settle = resolve));
  server = createServer((request, reply) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      settle({ headers: request.headers, body: text });
      reply.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
  await promisify(execFile)('sh', ['-c', exampleCall({ url, signature, secret, body })]);
  return call;
}

const body = { text: "It's “Boğaz” $HOME `id`", id: 'v1' };

test('a standard call is signed by the bytes of the secret', async () => {
  const key = Buffer.from('twenty-four secret bytes');
  const { headers, body: sent } = await received('standard', `whsec_${key.toString('base64')}`, body);
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${sent}`;
  expect(headers['webhook-signature']).toBe(
    `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
  );
  expect(JSON.parse(sent)).toEqual(body);
});

test('a call as GitHub makes it is signed by the secret as it is written', async () => {
  const { headers, body: sent } = await received('github', 'whsec_abc', body);
  expect(headers['x-hub-signature-256']).toBe(
    `sha256=${createHmac('sha256', 'whsec_abc').update(sent).digest('hex')}`,
  );
  expect(headers['x-github-delivery']).toBeTruthy();
  expect(JSON.parse(sent)).toEqual(body);
});
