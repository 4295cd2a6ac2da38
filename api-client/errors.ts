/** What a request can end in, as classes that a page can tell apart, and `unwrap()` which turns a reply into data or one of them. */
import type { FieldProblem, Problem } from './schema';

/** The gateway answered with problem+json. `message` is its sentence, already in the reader's language. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
    readonly errors: readonly FieldProblem[] = [],
    readonly requestId: string | null = null,
  ) {
    super(detail);
  }

  /** The sentence for one field of a form, when the gateway named it. */
  field(name: string): string | undefined {
    return this.errors.find((error) => error.field === name)?.detail;
  }
}

/** Nobody is signed in, and refreshing the session did not help. */
export class NotSignedIn extends ApiError {
  override readonly name = 'NotSignedIn';
}

/** It does not exist, or it belongs to another workspace: the gateway does not say which. */
export class NotFound extends ApiError {
  override readonly name = 'NotFound';
}

/** The state of the thing does not allow it (409). */
export class Conflict extends ApiError {
  override readonly name = 'Conflict';
}

/** Fields are wrong (422); `errors` names them. */
export class Invalid extends ApiError {
  override readonly name = 'Invalid';
}

/** The request never got an answer: no network, or it was cut off. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

const byStatus: Record<number, typeof ApiError> = {
  401: NotSignedIn,
  404: NotFound,
  409: Conflict,
  422: Invalid,
};

export function toApiError(status: number, body: unknown): ApiError {
  const problem: Partial<Problem> = isObject(body) ? body : {};
  const ErrorClass = byStatus[status] ?? ApiError;
  return new ErrorClass(
    status,
    problem.code ?? 'unexpected_reply',
    problem.detail ?? problem.title ?? `HTTP ${status}`,
    problem.errors ?? [],
    problem.request_id ?? null,
  );
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

interface Reply<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The data of a reply; throws the error class that fits otherwise. */
export async function unwrap<Data>(request: Promise<Reply<Data>>): Promise<Data> {
  let reply: Reply<Data>;
  try {
    reply = await request;
  } catch (cause) {
    // fetch rejects with a TypeError when there was no answer; an aborted request stays what it is.
    if (cause instanceof TypeError) throw new Unreachable('No answer from the server.', { cause });
    throw cause;
  }
  if (!reply.response.ok) throw toApiError(reply.response.status, reply.error);
  return reply.data as Data;
}

/** Trying again helps when nobody answered or the server stumbled, never when it said no. */
export function isWorthRetrying(error: unknown): boolean {
  if (error instanceof Unreachable) return true;
  return error instanceof ApiError && (error.status >= 500 || error.status === 429);
}
