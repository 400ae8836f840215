// Why something is as it is: sentences, the nearest cause first. Each opens the next by its "because", three at most are
// in sight, and the one in hand is shown on the stage and on the lanes.

import { css, html, nothing, Part } from "./part.js";
import { base, controls } from "./styles.js";
import { counted, formatTime } from "./words.js";

/** @import { Explanation, Why, WhyStep } from "./engine-types" */

/** So many sentences are in sight. */
const SEEN = 3;
const VERDICTS = { held: "held", refused: "refused", overridden: "would have refused, but is off" };

export class WhyBox extends Part {
  static properties = ["why", "hand", "said"];

  static styles = [
    base,
    controls,
    css`
      :host { background: var(--raised); border: 1px solid var(--line); border-radius: 12px; padding: 10px 14px 12px; max-height: min(46vh, 380px); overflow: auto; font-size: 14px; line-height: 1.45; box-shadow: 0 6px 22px color-mix(in srgb, var(--ink) 14%, transparent); }
      header { display: flex; align-items: start; gap: 10px; }
      h2 { flex: 1; font-size: 14px; font-weight: 600; padding-top: 4px; overflow-wrap: anywhere; }
      header button { min-height: 30px; padding: 0 9px; }
      ol, ul { display: grid; gap: 8px; margin-top: 8px; }
      li { padding: 2px 0 2px 10px; border-left: 3px solid var(--line); overflow-wrap: anywhere; }
      li.hand { border-left-color: var(--accent); }
      .rule { color: var(--dim); font-size: 13px; }
      .because { color: var(--dim); }
      .moves { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 5px; }
      .moves button { min-height: 30px; font-size: 13px; padding: 2px 10px; text-align: left; }
      summary { cursor: pointer; color: var(--dim); font-size: 13px; min-height: 28px; padding-top: 5px; }
      h3 { font-size: 13px; font-weight: 600; margin: 10px 0 0; }
    `,
  ];

  constructor() {
    super();
    /** @type {Why | null} */
    this.why = null;
    /** The sentence in hand. */
    this.hand = 0;
    /** What each rule said in it. @type {Explanation | null} */
    this.said = null;
  }

  render() {
    const { why, hand } = this;
    if (!why) return nothing;
    const first = Math.max(0, hand - SEEN + 1);
    return html`
      <section aria-label="Why">
        <header>
          <h2>${title(why)}</h2>
          <button aria-label="Close" @click=${() => this.tell("close", null)}>✕</button>
        </header>
        ${why.steps.length === 0 ? html`<p>It has been so since the beginning.</p>` : nothing}
        <ol start=${first + 1}>${why.steps.slice(first, hand + 1).map((step, n) => this.renderStep(step, first + n))}</ol>
        ${this.renderLacks(why.lacks)}
      </section>`;
  }

  /** @param {WhyStep} step @param {number} place */
  renderStep(step, place) {
    const { hand } = this;
    const next = this.why?.steps[place + 1];
    const opens = place === hand && next;
    return html`
      <li class=${place === hand ? "hand" : ""} aria-current=${place === hand ? "step" : nothing}>
        ${step.because ? html`<span class="because">Because ${step.because}:</span> ` : nothing}${step.text}
        ${step.rule ? html`<p class="rule">${step.rule.words}${step.rule.source ? ` · ${step.rule.source}` : ""}</p>` : nothing}
        ${place === hand ? this.renderSaid(step) : nothing}
        <div class="moves">
          <button @click=${() => this.tell("go", step.position)}>Go to ${formatTime(step.at)}</button>
          ${opens ? html`<button class="next" @click=${() => this.tell("hand", place + 1)}>because …</button>` : nothing}
          ${place < hand ? html`<button @click=${() => this.tell("hand", place)}>back to this</button>` : nothing}
        </div>
      </li>`;
  }

  /** What every rule said in an event. @param {WhyStep} step */
  renderSaid(step) {
    const { said } = this;
    if (said?.position !== step.position || said.sentences.length === 0) return nothing;
    return html`<details><summary>${counted(said.sentences.length, "rule")} spoke</summary>
      <ul>${said.sentences.map(({ text, verdict, rule }) => html`<li>${text} <span class="rule">(${VERDICTS[verdict]}: ${rule.words}${rule.source ? `, ${rule.source}` : ""})</span></li>`)}</ul>
    </details>`;
  }

  /** @param {string[]} lacks */
  renderLacks(lacks) {
    if (lacks.length === 0) return nothing;
    return html`<h3>Why not yet</h3><ul>${lacks.map((line) => html`<li>${line}</li>`)}</ul>`;
  }

  /** @param {"close" | "go" | "hand"} kind @param {number | null} detail */
  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}

/** What is asked, in words. @param {Why} why */
function title({ about, value, steps }) {
  const since = steps.length > 0 ? `, since ${formatTime(steps[0].at)}` : "";
  if (!value) return `What happened at ${steps.length > 0 ? formatTime(steps[0].at) : "that event"}`;
  return `${about} is ${value}${since}`;
}

customElements.define("playground-why", WhyBox);
