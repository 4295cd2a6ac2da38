/** One EventSource per tab. The browser reconnects by itself with Last-Event-ID; where it gives up (a refused request) this opens a new one. */

export type LiveState = 'connecting' | 'open' | 'lost';

export interface LiveOptions {
  url: string;
  events: readonly string[];
  onEvent: (name: string, data: unknown) => void;
  /** Events may have been missed: what is on the page has to be read again. */
  onGap: () => void;
  /** The stream was refused, perhaps because the session ran out. Resolves to false when there is no use in trying again. */
  onRefused: () => Promise<boolean>;
}

const pauses = [1_000, 2_000, 5_000, 10_000, 30_000];

export class LiveConnection {
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #wasLost = false;
  #state: LiveState = 'connecting';
  readonly #listeners = new Set<() => void>();

  constructor(private readonly options: LiveOptions) {}

  readonly state = (): LiveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  open() {
    this.close();
    const source = new EventSource(this.options.url);
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.#setState('open');
      // A new EventSource does not know the last id of the old one.
      if (this.#wasLost) this.options.onGap();
      this.#wasLost = false;
    };
    source.onerror = () => {
      this.#setState('lost');
      if (source.readyState === EventSource.CLOSED) this.#reopenLater();
    };
    source.addEventListener('reset', () => this.options.onGap());
    for (const name of this.options.events) {
      source.addEventListener(name, (event) => {
        this.options.onEvent(name, JSON.parse((event as MessageEvent<string>).data));
      });
    }
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #reopenLater() {
    this.#source?.close();
    this.#wasLost = true;
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
    for (const listener of this.#listeners) listener();
  }
}
