// A menu of what can be done to one thing. All of it by keyboard; what cannot be done says why.

import { css, html, nothing, Part } from "./part.js";
import { base, controls } from "./styles.js";

/** @import { ActionView } from "./engine-types" */

/** @typedef {{ title: string, at: { x: number, y: number }, items: ActionView[], back: Element | null }} MenuView */

export class Menu extends Part {
  static properties = ["view"];

  static styles = [
    base,
    controls,
    css`
      :host { position: fixed; inset: 0; width: auto; height: auto; margin: 0; padding: 0; border: 0; overflow: visible; background: none; }
      .box { position: absolute; min-width: 190px; max-width: min(320px, calc(100vw - 16px)); max-height: calc(100vh - 16px); overflow: auto; padding: 6px; background: var(--raised); border: 1px solid var(--line); border-radius: 12px; box-shadow: 0 8px 28px rgb(0 0 0 / 18%); }
      .title { padding: 6px 10px 4px; font-size: 12.5px; color: var(--dim); font-weight: 600; overflow-wrap: anywhere; }
      [role="menuitem"] { display: block; width: 100%; text-align: left; border: 0; background: none; border-radius: 7px; padding: 5px 10px; min-height: 30px; font-size: 14px; }
      [role="menuitem"]:hover, [role="menuitem"]:focus { background: var(--press); outline-offset: -2px; }
      [aria-disabled="true"] { color: var(--dim); cursor: default; }
      small { display: block; font-size: 12px; color: var(--dim); }
      @media (max-width: 560px) { .box { left: 8px !important; right: 8px; max-width: none; top: auto !important; bottom: 8px; max-height: 70vh; } [role="menuitem"] { min-height: 42px; } }
    `,
  ];

  constructor() {
    super();
    /** @type {MenuView | null} */
    this.view = null;
  }

  render() {
    if (!this.view) return nothing;
    return html`
      <div class="box" @keydown=${this.onKey}>
        <div class="title" id="title">${this.view.title}</div>
        <div role="menu" aria-labelledby="title">
          ${this.view.items.map((item) => this.renderItem(item))}
        </div>
      </div>`;
  }

  /** @param {ActionView} item */
  renderItem(item) {
    return html`<button role="menuitem" tabindex="-1" aria-disabled=${!item.enabled} @click=${() => this.choose(item)}>
      ${item.label}${!item.enabled && item.why ? html`<small>${item.why}</small>` : nothing}
    </button>`;
  }

  connectedCallback() {
    super.connectedCallback();
    this.popover = "manual"; // above everything, and free of the boxes that it stands in
    this.showPopover();
    this.addEventListener("pointerdown", this.onOutside);
    this.addEventListener("contextmenu", this.onOutside);
  }

  updated() {
    this.place();
    this.items[0]?.focus();
  }

  /** @returns {HTMLElement[]} */
  get items() {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.renderRoot.querySelectorAll("[role=menuitem]"))];
  }

  place() {
    const box = /** @type {HTMLElement | null} */ (this.renderRoot.querySelector(".box"));
    if (!box || !this.view) return;
    const { width, height } = box.getBoundingClientRect();
    const { x, y } = this.view.at;
    box.style.left = `${Math.max(8, Math.min(x, window.innerWidth - width - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(y, window.innerHeight - height - 8))}px`;
  }

  /** @param {ActionView} item */
  choose(item) {
    if (!item.enabled) return;
    this.send("choose", item);
  }

  /** @param {Event} event */
  onOutside(event) {
    if (event.composedPath()[0] !== this) return;
    event.preventDefault();
    this.send("dismiss", null);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const items = this.items;
    const at = items.indexOf(/** @type {HTMLElement} */ (this.renderRoot.activeElement));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    event.stopPropagation();
    if (event.key === "Escape" || event.key === "Tab") this.send("dismiss", null);
    else if (to !== undefined) items[(to + items.length) % items.length].focus();
    else if (/^[a-z0-9]$/i.test(event.key)) this.jump(event.key, at);
    else return;
    event.preventDefault();
  }

  /** To the next item that begins with a letter. @param {string} letter @param {number} at */
  jump(letter, at) {
    const order = [...this.items.slice(at + 1), ...this.items.slice(0, at + 1)];
    order.find((item) => item.textContent?.trim().toLowerCase().startsWith(letter.toLowerCase()))?.focus();
  }

  /** @param {string} name @param {unknown} detail */
  send(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

customElements.define("playground-menu", Menu);
