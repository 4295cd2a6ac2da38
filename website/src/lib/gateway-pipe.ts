/** Streams one request to the gateway and its reply back, with back-pressure both ways; nothing is kept in memory (docs/decisions/0007). */
import 'server-only';
import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gatewayUrl } from './env';

/** Headers that belong to one connection, not to the message (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  'connection',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

// No keep-alive: a request that meets a connection which the gateway is just closing would fail for no reason.
const agents = { 'http:': new http.Agent(), 'https:': new https.Agent() };

export async function pipeToGateway(request: Request): Promise<Response> {
  const upstream = open(request);
  // A reader who leaves frees the gateway at once.
  request.signal.addEventListener('abort', () => upstream.destroy(), { once: true });
  try {
    const reply = await replyOf(upstream, request);
    return toResponse(reply, request.method);
  } catch (error) {
    if (!request.signal.aborted) console.error('gateway.unreachable', error);
    return unreachable(request);
  }
}

function open(request: Request): http.ClientRequest {
  const from = new URL(request.url);
  // Never new URL(path, base): a path that starts with two slashes would name another host.
  const target = gatewayUrl();
  target.pathname = from.pathname;
  target.search = from.search;

  const headers: http.OutgoingHttpHeaders = {};
  request.headers.forEach((value, name) => {
    if (!hopByHop.has(name)) headers[name] = value;
  });
  headers['x-forwarded-host'] = request.headers.get('host') ?? from.host;
  headers['x-forwarded-proto'] ??= from.protocol.slice(0, -1);
  // Compression would hold back live events; whoever stands in front may compress.
  headers['accept-encoding'] = 'identity';

  const secure = target.protocol === 'https:';
  return (secure ? https : http).request(target, {
    method: request.method,
    headers,
    agent: agents[secure ? 'https:' : 'http:'],
  });
}

async function replyOf(upstream: http.ClientRequest, request: Request): Promise<http.IncomingMessage> {
  const reply = new Promise<http.IncomingMessage>((resolve, reject) => {
    upstream.once('response', resolve).once('error', reject);
  });
  if (request.body) {
    // A failing body also fails the request above, which is where it is handled. A gateway may answer
    // before it has read everything (413, 401): that answer counts, not the broken pipe.
    pipeline(Readable.fromWeb(request.body as never), upstream).catch(() => undefined);
  } else {
    upstream.end();
  }
  return reply;
}

function toResponse(reply: http.IncomingMessage, method: string): Response {
  const headers = new Headers();
  for (let index = 0; index + 1 < reply.rawHeaders.length; index += 2) {
    const name = reply.rawHeaders[index] ?? '';
    // append, because each Set-Cookie is a header of its own.
    if (!hopByHop.has(name.toLowerCase())) headers.append(name, reply.rawHeaders[index + 1] ?? '');
  }
  if (headers.get('content-type')?.startsWith('text/event-stream')) {
    headers.set('cache-control', 'no-cache, no-transform');
  }
  const status = reply.statusCode ?? 502;
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304;
  if (!hasBody) reply.resume();
  return new Response(hasBody ? (Readable.toWeb(reply) as never) : null, { status, headers });
}

function unreachable(request: Request): Response {
  const turkish = !request.headers.get('accept-language')?.toLowerCase().startsWith('en');
  const problem = {
    type: 'about:blank',
    title: 'Bad Gateway',
    status: 502,
    code: 'gateway_unreachable',
    detail: turkish
      ? 'Sunucuya şu anda ulaşılamıyor. Birkaç saniye sonra yeniden deneyin.'
      : 'The server cannot be reached right now. Try again in a few seconds.',
    errors: [],
    request_id: request.headers.get('x-request-id') ?? '',
  };
  return Response.json(problem, { status: 502, headers: { 'content-type': 'application/problem+json' } });
}
