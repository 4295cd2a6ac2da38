/** One EventSource per tab, for everything on the page. The browser reconnects by itself with Last-Event-ID; where it gives up (a refused request) this opens a new one, which goes on after the last event as well. */

export type LiveState = 'connecting' | 'open' | 'lost';

export interface LiveOptions {
  url: string;
  /** The newest event when the page was read on the server: those that came since are told first. */
  after?: string | null | undefined;
  /** The stream was refused, perhaps because the session ran out. Resolves to false when there is no use in trying again. */
  onRefused: () => Promise<boolean>;
}

type Listener = (data: unknown) => void;

const pauses = [1_000, 2_000, 5_000, 10_000, 30_000];

export class LiveConnection {
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #lastId: string | null;
  #state: LiveState = 'connecting';
  readonly #stateListeners = new Set<() => void>();
  readonly #gapListeners = new Set<() => void>();
  readonly #eventListeners = new Map<string, Set<Listener>>();

  constructor(private readonly options: LiveOptions) {
    this.#lastId = options.after ?? null;
  }

  readonly state = (): LiveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  };

  /** Calls `listener` with the data of every event of this name; the answer stops it. */
  on(name: string, listener: Listener): () => void {
    let listeners = this.#eventListeners.get(name);
    if (!listeners) {
      listeners = new Set();
      this.#eventListeners.set(name, listeners);
      if (this.#source) this.#hear(this.#source, name);
    }
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Calls `listener` when events may have been missed: what is on the page has to be read again. */
  onGap(listener: () => void): () => void {
    this.#gapListeners.add(listener);
    return () => this.#gapListeners.delete(listener);
  }

  open() {
    this.close();
    const after = this.#lastId;
    const { url } = this.options;
    const source = new EventSource(after === null ? url : `${url}?after=${after}`);
    this.#source = source;
    let isFirst = true;
    source.onopen = () => {
      this.#failures = 0;
      this.#setState('open');
      // Nobody could say where to begin.
      if (after === null && isFirst) this.#tellOfGap();
      isFirst = false;
    };
    source.onerror = () => {
      this.#setState('lost');
      if (source.readyState === EventSource.CLOSED) this.#reopenLater();
    };
    source.addEventListener('hello', (event) => this.#note(event));
    source.addEventListener('reset', (event) => {
      this.#note(event);
      this.#tellOfGap();
    });
    for (const name of this.#eventListeners.keys()) this.#hear(source, name);
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  /** Closes the stream on purpose: nothing is lost, there is nothing to hear. */
  rest() {
    this.close();
    this.#setState('connecting');
  }

  #hear(source: EventSource, name: string) {
    source.addEventListener(name, (event) => {
      this.#note(event);
      const data: unknown = JSON.parse((event as MessageEvent<string>).data);
      for (const listener of this.#eventListeners.get(name) ?? []) listener(data);
    });
  }

  #note(event: Event) {
    this.#lastId = (event as MessageEvent<string>).lastEventId || this.#lastId;
  }

  #tellOfGap() {
    for (const listener of this.#gapListeners) listener();
  }

  #reopenLater() {
    this.#source?.close();
    const pause = pauses[Math.min(this.#failures, pauses.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => {
      this.options.onRefused().then(
        (isWorthIt) => isWorthIt && this.open(),
        () => this.#reopenLater(),
      );
    }, pause);
  }

  #setState(state: LiveState) {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#stateListeners) listener();
  }
}
