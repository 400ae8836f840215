// Where an element stands in what it scrolls in, told once, after the browser has laid the page out: whoever asks for it at
// once has everything laid out at once.

export class Glance {
  constructor() {
    /** @type {IntersectionObserver | null} */
    this.observer = null;
  }

  /**
   * @param {Element} element
   * @param {Element} scroller
   * @param {(element: DOMRectReadOnly, scroller: DOMRectReadOnly) => void} tell
   */
  ask(element, scroller, tell) {
    this.leave();
    this.observer = new IntersectionObserver(
      ([{ boundingClientRect, rootBounds }]) => {
        this.leave();
        if (rootBounds) tell(boundingClientRect, rootBounds);
      },
      { root: scroller },
    );
    this.observer.observe(element);
  }

  /** Wants no answer any more. */
  leave() {
    this.observer?.disconnect();
    this.observer = null;
  }
}
