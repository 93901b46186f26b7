/** What widgets listen to in their own shadow trees, and what they dispatch. */
const TYPES = [
  ...['click', 'dblclick', 'contextmenu', 'keydown', 'keyup', 'beforeinput', 'input', 'change', 'submit', 'reset', 'invalid'],
  ...['focus', 'blur', 'focusin', 'focusout', 'pointerdown', 'pointermove', 'pointerup', 'pointerover', 'pointerout', 'pointercancel'],
  ...['mousedown', 'mouseup', 'mouseover', 'mouseout', 'touchstart', 'touchend', 'wheel', 'scroll', 'scrollend'],
  ...['paste', 'copy', 'cut', 'dragenter', 'dragover', 'dragleave', 'drop', 'toggle', 'beforetoggle', 'close', 'cancel', 'slotchange'],
  ...['load', 'error', 'play', 'pause', 'ended', 'timeupdate', 'volumechange', 'loadedmetadata', 'durationchange', 'waiting', 'canplay'],
  ...['animationend', 'transitionend', 'job-change', 'job-end', 'job-success', 'job-failure', 'job-cancelled', 'job-created'],
  ...['job-cancel-request', 'job-retry-request', 'job-refresh-request'],
];

/**
 * Knows which listener is running at the moment, as far as it is one of a widget below `root`: browsers tell the page of an error in
 * a listener, but not whose it was. Events that stay within a shadow tree are heard once anything else has come out of it.
 */
export class RunningListeners {
  readonly #abort = new AbortController();
  readonly #heard = new WeakSet<EventTarget>();
  /** Events under way, the innermost last. */
  #events: Event[] = [];

  constructor(root: EventTarget) {
    this.#listen(root);
  }

  /** The widget in whose shadow tree the listener was set that runs now; `null` when it is none of a widget. */
  get host(): Element | null {
    const event = this.#underWay().at(-1);
    const target = event?.currentTarget;
    const root = target instanceof Node ? target.getRootNode() : null;
    return root instanceof ShadowRoot ? root.host : null;
  }

  close(): void {
    this.#abort.abort();
  }

  #listen(target: EventTarget): void {
    if (this.#heard.has(target)) return;
    this.#heard.add(target);
    const options = { capture: true, passive: true, signal: this.#abort.signal };
    for (const type of TYPES) target.addEventListener(type, this.#note, options);
  }

  readonly #note = (event: Event): void => {
    const events = this.#underWay();
    if (!events.includes(event)) this.#events = [...events, event];
    for (const node of event.composedPath()) if (node instanceof ShadowRoot) this.#listen(node);
  };

  /** An event that nobody hears of any more has no phase. */
  #underWay(): Event[] {
    this.#events = this.#events.filter(({ eventPhase }) => eventPhase !== Event.NONE);
    return this.#events;
  }
}
