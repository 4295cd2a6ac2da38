/** Sends one file by tus, and goes on where it stopped: after a pause, after the network came back, and, when the same file is chosen again, after a reload. */
import type { DetailedError, Upload } from 'tus-js-client';
import { pageLocale } from '@/lib/api';
import { readCsrfToken, renewCsrfToken } from '@/lib/session/csrf';
import { refreshSession } from '@/lib/session/refresh';
import { fingerprintOf } from './interrupted';

const chunkSize = 8 * 1024 * 1024;

export interface TransferNews {
  onProgress: (sent: number) => void;
  onOffline: () => void;
  onOnline: () => void;
  onDone: (videoId: string) => void;
  onFailed: (problem: string | null) => void;
}

export class TusTransfer {
  #upload: Upload | null = null;
  #hasRenewed = false;
  #hasNewToken = false;
  #isStopped = false;

  constructor(
    private readonly file: File,
    private readonly news: TransferNews,
  ) {}

  async start() {
    this.#isStopped = false;
    this.#upload ??= await this.#create();
    // Stopped while the code was still loading.
    if (!this.#isStopped) this.#upload.start();
  }

  pause() {
    this.#isStopped = true;
    window.removeEventListener('online', this.#onOnline);
    void this.#upload?.abort();
  }

  /** Gives up for good; the gateway forgets the bytes it has. */
  async discard() {
    this.pause();
    // The gateway may never have heard of it, or be away: it throws old uploads out by itself.
    await this.#upload?.abort(true).catch(() => undefined);
  }

  async #create(): Promise<Upload> {
    const { Upload } = await import('tus-js-client');
    const { file } = this;
    const upload = new Upload(file, {
      endpoint: '/api/video/uploads',
      chunkSize,
      retryDelays: [0, 1_000, 3_000, 5_000, 10_000],
      removeFingerprintOnSuccess: true,
      fingerprint: () => Promise.resolve(fingerprintOf(file)),
      headers: { 'Accept-Language': pageLocale() },
      metadata: { filename: file.name, title: titleOf(file.name), filetype: file.type },
      onBeforeRequest: (request) => {
        const token = readCsrfToken();
        if (token) request.setHeader('X-CSRF-Token', token);
      },
      onProgress: (sent) => this.news.onProgress(sent),
      onChunkComplete: () => {
        // What is refused from now on is a new matter: a long upload outlives many tokens.
        this.#hasRenewed = this.#hasNewToken = false;
      },
      onSuccess: () => this.news.onDone(videoIdOf(upload.url)),
      onError: (error) => this.#onError(error as DetailedError),
    });
    const [previous] = await upload.findPreviousUploads();
    if (previous) upload.resumeFromPreviousUpload(previous);
    return upload;
  }

  #onError(error: DetailedError) {
    // tus-js-client gives up at once while the browser is offline.
    if (!navigator.onLine) {
      this.news.onOffline();
      window.addEventListener('online', this.#onOnline, { once: true });
      return;
    }
    const reply = error.originalResponse;
    if (reply?.getStatus() === 401 && !this.#hasRenewed) {
      this.#hasRenewed = true;
      refreshSession().then(
        (isSignedIn) => (isSignedIn ? this.#upload?.start() : this.news.onFailed(null)),
        () => this.news.onFailed(null),
      );
      return;
    }
    const problem = problemOf(reply?.getBody());
    if (problem?.code === 'csrf_token_missing' && !this.#hasNewToken) {
      this.#hasNewToken = true;
      renewCsrfToken().then(
        () => this.#upload?.start(),
        () => this.news.onFailed(problem.detail),
      );
      return;
    }
    this.news.onFailed(problem?.detail ?? null);
  }

  readonly #onOnline = () => {
    this.news.onOnline();
    this.#upload?.start();
  };
}

const titleOf = (filename: string) => filename.replace(/\.[^.]+$/, '') || filename;

const videoIdOf = (url: string | null) => url?.replace(/\/+$/, '').split('/').at(-1) ?? '';

function problemOf(body: string | undefined): { code: string; detail: string | null } | null {
  try {
    const { code, detail } = JSON.parse(body ?? '') as { code?: unknown; detail?: unknown };
    return { code: String(code), detail: typeof detail === 'string' ? detail : null };
  } catch {
    return null;
  }
}
