/** What pages use of a browser and jsdom does not have. */

if (typeof window !== 'undefined') {
  const OfNode = globalThis.Request;
  /** Addresses without an origin belong to the page. */
  globalThis.Request = class extends OfNode {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(typeof input === 'string' ? new URL(input, window.location.href) : input, init);
    }
  };

  /** Toasts can be dragged away. */
  Element.prototype.setPointerCapture = () => undefined;

  /** Who had the focus before a dialog took it, and gets it back. */
  const before = new WeakMap<HTMLDialogElement, Element | null>();
  HTMLDialogElement.prototype.showModal = function showModal() {
    before.set(this, document.activeElement);
    this.open = true;
    this.querySelector<HTMLElement>('button:enabled, input, select, textarea')?.focus();
  };
  HTMLDialogElement.prototype.close = function close() {
    if (!this.open) return;
    this.open = false;
    const last = before.get(this);
    if (last instanceof HTMLElement && last.isConnected) last.focus();
    else if (this.contains(document.activeElement)) (document.activeElement as HTMLElement).blur();
    queueMicrotask(() => this.dispatchEvent(new Event('close')));
  };
}
