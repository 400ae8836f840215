// What every part of the page is: an element with a root of its own, drawn anew soon after a property of it has changed.

import { render } from "lit/html.js";

export { html, nothing, svg } from "lit/html.js";

/**
 * A style sheet, once for all parts that have it.
 * @param {TemplateStringsArray} strings
 * @param {string[]} values
 */
export function css(strings, ...values) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(String.raw({ raw: strings }, ...values));
  return sheet;
}

export class Part extends HTMLElement {
  /** Names of the properties whose change is to be seen. @type {string[]} */
  static properties = [];
  /** @type {CSSStyleSheet[]} */
  static styles = [];

  constructor() {
    super();
    const kind = /** @type {typeof Part} */ (this.constructor);
    this.renderRoot = this.attachShadow({ mode: "open" });
    this.renderRoot.adoptedStyleSheets = kind.styles;
    /** @type {Map<string, unknown>} what changed since it was drawn, and its values before */
    this.changed = new Map();
    this.waiting = false;
    this.drawn = false;
    for (const name of kind.properties) if (!Object.hasOwn(kind.prototype, name)) watch(kind.prototype, name);
  }

  connectedCallback() {
    this.requestUpdate();
  }

  disconnectedCallback() {}

  requestUpdate() {
    if (this.waiting || !this.isConnected) return;
    this.waiting = true;
    queueMicrotask(() => this.update());
  }

  update() {
    this.waiting = false;
    const { changed } = this;
    this.changed = new Map();
    if (!this.shouldUpdate(changed)) return;
    this.willUpdate(changed);
    render(this.render(), this.renderRoot, { host: this });
    if (!this.drawn) this.firstUpdated();
    this.drawn = true;
    this.updated(changed);
  }

  /** @param {Map<string, unknown>} _changed */
  shouldUpdate(_changed) {
    return true;
  }

  /** @param {Map<string, unknown>} _changed */
  willUpdate(_changed) {}

  /** @returns {unknown} */
  render() {
    return null;
  }

  firstUpdated() {}

  /** @param {Map<string, unknown>} _changed */
  updated(_changed) {}
}

/** Has a part notice when a property gets another value. @param {Part} prototype @param {string} name */
function watch(prototype, name) {
  const values = new WeakMap();
  Object.defineProperty(prototype, name, {
    get() {
      return values.get(this);
    },
    /** @this {Part} @param {unknown} value */
    set(value) {
      const before = values.get(this);
      if (Object.is(before, value)) return;
      values.set(this, value);
      if (!this.changed.has(name)) this.changed.set(name, before);
      this.requestUpdate();
    },
  });
}
