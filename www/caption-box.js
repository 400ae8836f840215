// What just happened, and by which rule; whoever wants to know more asks why.

import { css, html, nothing, Part } from "./part.js";
import { LOW, PORTRAIT } from "./portrait.js";
import { base, controls } from "./styles.js";

/** @import { Caption } from "./engine-types" */

export class CaptionBox extends Part {
  static properties = ["caption", "question", "aside", "off", "synthetic", "asked"];

  static styles = [
    base,
    controls,
    css`
      :host { padding: 8px 24px 12px; }
      .text { font-size: 17.5px; line-height: 1.4; min-height: 2.8em; max-width: 100ch; display: grid; align-content: end; text-wrap: pretty; overflow-wrap: anywhere; }
      .foot { display: flex; gap: 16px; align-items: end; justify-content: space-between; min-height: 44px; }
      .rule { font-size: 13.5px; line-height: 1.4; color: var(--dim); padding-top: 3px; overflow-wrap: anywhere; align-self: start; }
      .rule button, .off button { min-height: 24px; padding: 0 6px; border: 0; background: none; color: var(--accent); text-decoration: underline; text-underline-offset: 2px; }
      .rule button:first-child { margin-left: -6px; }
      .aside { color: var(--ink); }
      .off { font-size: 13px; font-weight: 600; }
      @media (max-width: 1180px), (max-height: 720px) { :host { padding: 4px 16px 10px; } .text { font-size: 15.5px; } .rule { font-size: 12.5px; } }
      @media (max-width: 1180px) { .foot { flex-wrap: wrap; gap: 6px 16px; } }
      @media (max-width: 720px) { .foot { flex-direction: column; align-items: stretch; gap: 8px; } }
      @media (max-width: 480px) { .text { min-height: 4.2em; align-content: start; } .rule { min-height: 2.8em; } }
      @media ${PORTRAIT}, ${LOW} {
        :host { display: flex; flex-wrap: wrap; gap: 0 10px; align-items: start; padding: 2px 12px 6px; }
        .text { flex: 1 1 60%; font-size: 15px; line-height: 1.35; min-height: 2.7em; max-height: 5.4em; overflow: auto; }
        .off { order: 1; flex-basis: 100%; }
        .foot { display: contents; }
        .rule { min-height: 0; padding: 0; }
        .rule span { display: none; }
      }
      @media ${LOW} { .text { font-size: 14px; } }
    `,
  ];

  constructor() {
    super();
    /** @type {Caption | null} */
    this.caption = null;
    /** What the reader is asked here: it takes the place of what was told before. */
    this.question = "";
    /** What the engine tells, below an author's words. @type {Caption | null} */
    this.aside = null;
    /** The rules that are off. @type {import("./engine-types").Frame["off"]} */
    this.off = [];
    /** What is to be said of a run that begins with disks that somebody wrote. */
    this.synthetic = "";
    /** True while a why is open. */
    this.asked = false;
  }

  render() {
    const caption = this.caption;
    return html`
      <p class="text">${this.question || (caption?.text ?? "Nothing has happened yet.")}</p>
      ${this.synthetic ? html`<p class="off">${this.synthetic}</p>` : nothing}
      ${this.off.length ? html`<p class="off">Off in this run: ${this.off.map(({ words }) => words).join(" ")} <button @click=${this.askBreaks}>What breaks?</button></p>` : nothing}
      <div class="foot">
        <p class="rule">${caption ? html`${this.aside ? html`<span class="aside">${this.aside.text}</span> ` : nothing}${this.renderRule(this.aside ?? caption, !this.aside)}<button aria-expanded=${this.asked} @click=${this.ask}>why?</button>` : nothing}</p>
        <slot></slot>
      </div>`;
  }

  /** The rule that a caption rests on: its words, where there is room for them, and its source. @param {Caption} caption @param {boolean} whole */
  renderRule({ rule }, whole) {
    const words = [whole ? rule?.words : "", rule?.source].filter(Boolean);
    return words.length ? html`<span title=${rule?.words ?? ""}>${words.join(" · ")} ·</span>` : nothing;
  }

  askBreaks() {
    const detail = { keys: this.off.map(({ key }) => key), own: false };
    this.dispatchEvent(new CustomEvent("breaks", { detail, bubbles: true, composed: true }));
  }

  ask() {
    this.dispatchEvent(new CustomEvent("why", { bubbles: true, composed: true }));
  }
}

customElements.define("playground-caption", CaptionBox);
