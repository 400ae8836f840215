// What just happened, and by which rule; on demand, why.

import { css, html, LitElement, nothing } from "lit";
import { base, controls } from "./styles.js";

/** @import { Caption, Explanation } from "./engine-types" */

const VERDICTS = { held: "held", refused: "refused", overridden: "would have refused, but is off" };

export class CaptionBox extends LitElement {
  static properties = { caption: { attribute: false }, off: { attribute: false }, why: { attribute: false } };

  static styles = [
    base,
    controls,
    css`
      :host { padding: 6px 24px 12px; min-height: 74px; }
      .text { font-size: 17.5px; line-height: 1.4; text-wrap: pretty; max-width: 78ch; overflow-wrap: anywhere; }
      .rule { font-size: 13.5px; line-height: 1.45; color: var(--dim); margin-top: 2px; overflow-wrap: anywhere; }
      .rule button { min-height: 24px; padding: 0 6px; margin-left: 2px; border: 0; background: none; color: var(--accent); text-decoration: underline; text-underline-offset: 2px; }
      .off { font-size: 13px; font-weight: 600; }
      ol { margin-top: 6px; font-size: 14px; line-height: 1.5; display: grid; gap: 4px; max-height: 130px; overflow: auto; }
      @media (max-width: 900px), (max-height: 720px) { :host { padding: 4px 16px 8px; min-height: 64px; } .text { font-size: 15.5px; } .rule { font-size: 12.5px; } }
    `,
  ];

  constructor() {
    super();
    /** @type {Caption | null} */
    this.caption = null;
    /** @type {string[]} */
    this.off = [];
    /** @type {Explanation | null} */
    this.why = null;
  }

  render() {
    const caption = this.caption;
    return html`
      <p class="text">${caption?.text ?? "Nothing has happened yet."}</p>
      ${this.off.length ? html`<p class="off">Off in this run: ${this.off.join(", ")}</p>` : nothing}
      ${caption ? html`<p class="rule">${this.renderRule(caption)}<button aria-expanded=${this.why !== null} @click=${this.ask}>why?</button></p>` : nothing}
      ${this.why ? html`<ol>${this.why.sentences.map((sentence) => this.renderSentence(sentence))}</ol>` : nothing}`;
  }

  /** @param {Caption} caption */
  renderRule({ rule }) {
    if (!rule) return nothing;
    return html`<span>${rule.words} ${rule.source ? `· ${rule.source} ` : ""}·</span>`;
  }

  /** @param {Explanation["sentences"][number]} sentence */
  renderSentence({ text, verdict, rule }) {
    return html`<li>${text} <span class="dim">(${VERDICTS[verdict]}: ${rule.words}${rule.source ? `, ${rule.source}` : ""})</span></li>`;
  }

  ask() {
    this.dispatchEvent(new CustomEvent("why", { bubbles: true, composed: true }));
  }
}

customElements.define("playground-caption", CaptionBox);
