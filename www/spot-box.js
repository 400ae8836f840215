// The question which rule is off, the rules to choose from, and what came of the answer.

import { css, html, nothing, Part } from "./part.js";
import { LOW, PORTRAIT } from "./portrait.js";
import { base, controls } from "./styles.js";

/** @import { RuleView } from "./engine-types" */
/** @import { Told } from "./spot.js" */

export class SpotBox extends Part {
  static properties = ["told"];

  static styles = [
    base,
    controls,
    css`
      :host { background: var(--raised); border: 1px solid var(--line); border-radius: 12px; padding: 10px 14px 12px; max-height: min(46vh, 400px); overflow: auto; font-size: 14px; line-height: 1.45; box-shadow: 0 6px 22px color-mix(in srgb, var(--ink) 14%, transparent); }
      header { display: flex; align-items: start; gap: 10px; }
      h2 { flex: 1; font-size: 14px; font-weight: 600; padding-top: 4px; }
      h2:focus { outline: none; }
      header button { min-height: 30px; padding: 2px 10px; font-size: 13px; }
      p { overflow-wrap: anywhere; margin-top: 4px; }
      .dim { color: var(--dim); font-size: 13px; }
      .choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(340px, 100%), 1fr)); gap: 6px; margin-top: 8px; }
      .choices button { width: 100%; height: 100%; min-height: 40px; padding: 5px 10px; text-align: left; font-size: 13.5px; line-height: 1.35; }
      .broken { color: var(--red); font-weight: 600; }
      .verdict { font-weight: 600; }
      .moves { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 8px; }
      .moves button { min-height: 30px; font-size: 13px; padding: 2px 10px; }
      @media ${PORTRAIT}, ${LOW} {
        :host { max-height: 34vh; padding: 6px 10px 8px; }
        .choices { gap: 4px; margin-top: 4px; }
        .choices button { font-size: 13px; padding: 3px 8px; }
        .long { display: none; }
        .moves { position: sticky; bottom: -8px; padding: 6px 0; background: var(--raised); }
      }
    `,
  ];

  constructor() {
    super();
    /** @type {Told | null} */
    this.told = null;
  }

  render() {
    const { told } = this;
    if (!told) return nothing;
    return html`
      <section aria-label="Spot the rule">
        <header>
          <h2 tabindex="-1">Spot the rule</h2>
          ${told.stand === "asked" ? this.renderButton("reveal", "Tell me") : nothing}
          ${this.renderButton("dismiss", told.stand === "searching" ? "Cancel" : "Close")}
        </header>
        ${this.renderStand(told)}
      </section>`;
  }

  /** @param {Told} told */
  renderStand(told) {
    if (told.stand === "searching")
      return html`<p role="status">A rule is taken off by chance. Looking for a short run in which it matters…</p>`;
    if (told.stand === "failed") return html`<p role="alert">The search stopped: ${told.error}</p>`;
    return told.stand === "asked" ? this.renderChoices(told) : this.renderAnswer(told);
  }

  /** @param {Told} told */
  renderChoices({ rules }) {
    return html`
      <p role="status"><b>One rule is off in this run. Which?</b> <span class="dim long">Go through it step by step. What the rules say is covered until you have chosen: captions, the Rules tab, “why?” and the link.</span></p>
      <ul class="choices">${rules.map(
        ({ key, words }) =>
          html`<li><button @click=${() => this.dispatchEvent(new CustomEvent("pick", { detail: key }))}>${words}</button></li>`,
      )}</ul>`;
  }

  /** @param {Told} told */
  renderAnswer({ rules, off, picked, promise, found }) {
    return html`
      <div role="status">
        <p class="verdict">${verdict(off, picked)}</p>
        <p>${off.words} <span class="dim">${off.source}</span></p>
        <p><span class="dim">Off here:</span> ${off.whenOff}</p>
        <p><span class="broken">${promise}: broken.</span> ${found?.words}.</p>
        ${this.renderPicked(rules, off, picked)}
      </div>
      <div class="moves">
        ${this.renderButton("watch", "Show it breaking")}
        ${this.renderButton("start", "Another")}
      </div>`;
  }

  /** What was taken for the rule that is off. @param {RuleView[]} rules @param {RuleView} off @param {string} picked */
  renderPicked(rules, off, picked) {
    const other = rules.find(({ key }) => key === picked && key !== off.key);
    return other ? html`<p class="dim">You chose: ${other.words} It is on.</p>` : nothing;
  }

  /** @param {string} name of an event @param {string} words */
  renderButton(name, words) {
    return html`<button @click=${() => this.dispatchEvent(new CustomEvent(name))}>${words}</button>`;
  }

  /** Brings it to whoever asked. */
  look() {
    queueMicrotask(() => /** @type {HTMLElement | null} */ (this.renderRoot.querySelector("h2"))?.focus());
  }
}

/** @param {RuleView} off @param {string} picked */
function verdict(off, picked) {
  if (!picked) return "This is the rule that is off.";
  return picked === off.key ? "✓ Right. This rule is off." : "Not that one. This rule is off.";
}

customElements.define("playground-spot", SpotBox);
