// The protocol's rules, where each is written down, how often it spoke so far, the way to where it spoke, and its switch.

import { repeat } from "lit/directives/repeat.js";
import { Focus } from "./focus.js";
import { meterStyles, meterTemplate } from "./meter.js";
import { css, html, nothing, Part } from "./part.js";
import { base, controls } from "./styles.js";
import { tabStyles } from "./tab-styles.js";

/** @import { Info, RuleView } from "./engine-types" */
/** @import { PanelView, Sender } from "./panel.js" */

const WORDS = { held: "applied", refused: "refused", overridden: "would have refused" };

/** What can be asked of a rule, beside its words. @type {Record<string, { words: string, holds: (rule: RuleView) => boolean }>} */
const KINDS = {
  now: { words: "Here", holds: ({ now }) => now !== null },
  off: { words: "Off", holds: ({ on }) => !on },
};

/** @param {PanelView} view @param {Sender} send */
export function rulesTab({ rules, info, frame }, send) {
  return html`<playground-rules .rules=${rules} .info=${info} .frame=${frame} .send=${send}></playground-rules>`;
}

/**
 * The rules in whose words or source all words of a text occur, and of one kind if that is asked for.
 * @param {RuleView[]} rules
 * @param {string} text
 * @param {string} kind
 */
export function found(rules, text, kind) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const says = (/** @type {RuleView} */ { key, words: sentence, source }) =>
    `${key} ${sentence} ${source}`.toLowerCase();
  return rules.filter(
    (rule) => (KINDS[kind]?.holds(rule) ?? true) && words.every((word) => says(rule).includes(word)),
  );
}

class Rules extends Part {
  static properties = ["rules", "info", "frame", "text", "kind"];

  static styles = [
    base,
    controls,
    tabStyles,
    meterStyles,
    css`
      .find { position: sticky; top: -14px; z-index: 1; margin: 0 -4px; padding: 6px 4px 8px; background: var(--surface); display: flex; flex-wrap: wrap; gap: 6px; }
      .find input { flex: 1 1 110px; min-width: 0; min-height: 32px; padding: 2px 9px; }
      .find button { min-height: 32px; padding: 2px 10px; font-size: 13px; }
      .find button[aria-pressed="true"] { background: var(--press); border-color: var(--accent); font-weight: 600; }
      .hint { color: var(--dim); font-size: 13px; line-height: 1.45; }
      .body:focus { outline: none; }
      .rule { padding: 10px 0; border-bottom: 1px solid var(--line); display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 8px; }
      .rule p { overflow-wrap: anywhere; font-size: 14px; line-height: 1.45; }
      .rule .meta { color: var(--dim); font-size: 12.5px; }
      .rule.silent .words { color: var(--dim); }
      .rule .off { font-weight: 700; color: var(--ink); }
      .rule.now { box-shadow: -10px 0 var(--surface), -13px 0 var(--accent); }
      .rule .spoke { font-weight: 600; color: var(--ink); }
      .rule .without { grid-column: 1 / -1; padding-left: 10px; border-left: 2px solid var(--line); font-size: 13px; }
      .rule .without p { font-size: 13px; }
      .breaks { display: flex; flex-wrap: wrap; gap: 6px; margin-top: 6px; }
      .breaks button { min-height: 30px; padding: 2px 10px; font-size: 13px; }
      .ways { display: flex; align-items: end; }
      .ways button { min-height: 28px; }
      .firing { min-width: 28px; padding: 0; font-size: 16px; color: var(--ink); }
      .rule [role="switch"] { display: inline-flex; align-items: center; gap: 6px; align-self: start; min-height: 28px; padding: 0 2px 0 6px; font-size: 12.5px; border: 0; background: none; color: var(--dim); }
      .knob { width: 26px; height: 15px; border-radius: 8px; border: 1.5px solid currentColor; position: relative; }
      .knob::after { content: ""; position: absolute; top: 1.5px; left: 2px; width: 9px; height: 9px; border-radius: 50%; background: currentColor; }
      [aria-checked="true"] .knob { background: var(--dim); border-color: var(--dim); }
      [aria-checked="true"] .knob::after { left: 12px; background: var(--surface); }
    `,
  ];

  constructor() {
    super();
    /** @type {RuleView[]} */
    this.rules = [];
    /** @type {Info | null} */
    this.info = null;
    /** @type {import("./engine-types").Frame | null} */
    this.frame = null;
    /** @type {Sender} */
    this.send = () => () => {};
    this.text = "";
    /** Which of all rules are asked for: a key of KINDS, or nothing. */
    this.kind = "";
    this.focused = new Focus();
  }

  willUpdate() {
    this.focused.note(this.renderRoot);
  }

  updated() {
    this.focused.keep();
  }

  render() {
    const { rules, info, text, kind } = this;
    if (!info) return nothing;
    const list = found(rules, text, kind);
    return html`
      <p class="hint">The rules of ${info.protocol.name}, and how often each spoke up to here. Marked: those that speak at the shown moment.</p>
      <div class="find" role="search">
        <input type="text" aria-label="Find a rule" placeholder="Find a rule" .value=${text} maxlength="60" autocomplete="off" spellcheck="false" @input=${this.onText}>
        ${Object.keys(KINDS).map((key) => this.renderKind(key))}
      </div>
      <p class="sr" role="status">${text || kind ? `${list.length} of ${rules.length} rules` : ""}</p>
      <ul class="body" tabindex="-1" aria-label="Rules">${repeat(
        list,
        ({ key }) => key,
        (rule) => this.renderRule(rule),
      )}</ul>
      ${rules.length > 0 && list.length === 0 ? html`<p class="hint">No rule is like that here.</p>` : nothing}
      ${
        info.options.length
          ? html`<h2>Options</h2><dl>${info.options.map(({ key, words, value }) => html`<dt title=${words}>${key}</dt><dd>${value}</dd>`)}</dl>`
          : nothing
      }`;
  }

  /** @param {string} key of a kind */
  renderKind(key) {
    const count = this.rules.filter(KINDS[key].holds).length;
    return html`<button aria-pressed=${this.kind === key} @click=${() => this.onKind(key)}>${KINDS[key].words} ${count}</button>`;
  }

  /** @param {RuleView} rule */
  renderRule(rule) {
    const spoke = rule.held + rule.refused + rule.overridden;
    const counts = [
      `applied ${rule.held}`,
      rule.refused ? `refused ${rule.refused}` : "",
      rule.overridden ? `would have refused ${rule.overridden}` : "",
      rule.needs && !spoke ? `matters with ${rule.needs}` : "",
    ];
    return html`
      <li class="rule ${spoke ? "" : "silent"} ${rule.now ? "now" : ""}">
        <p class="words">${rule.words}</p>
        <button role="switch" aria-checked=${rule.on} aria-label="Rule: ${rule.words}" title=${rule.on ? `Switch it off: the same run once more without it. ${rule.whenOff}` : "Switch it on again"}
          @click=${this.send("rule", [rule.key, !rule.on])}>${rule.on ? "on" : html`<span class="off">off</span>`}<span class="knob" aria-hidden="true"></span></button>
        ${rule.on ? nothing : this.renderWithout(rule)}
        <p class="meta">${[rule.source, ...counts].filter(Boolean).join(" · ")}${rule.now ? html` · <span class="spoke">${WORDS[rule.now]} here</span>` : nothing}</p>
        <span class="ways">
          ${rule.before ? this.renderFiring(rule, false) : nothing}
          ${rule.after ? this.renderFiring(rule, true) : nothing}
        </span>
      </li>`;
  }

  /** What its absence does, and what can be made of it. @param {RuleView} rule */
  renderWithout({ key, whenOff, kind }) {
    const keys = [key];
    return html`
      <div class="without">
        <p>${whenOff}</p>
        ${kind === "liveness" && this.info ? meterTemplate(this.frame, this.info.byHand, this.send) : nothing}
        <div class="breaks">
          <button @click=${this.send("breaks", { keys, own: false })}>What breaks?</button>
          ${kind === "safety" ? html`<button @click=${this.send("breaks", { keys, own: true })}>Break it yourself</button>` : nothing}
        </div>
      </div>`;
  }

  /** A way to where it spoke before, or speaks next: only where it does. @param {RuleView} rule @param {boolean} forward */
  renderFiring({ key, words }, forward) {
    const [label, title] = forward
      ? ["Next time", "Where it speaks next"]
      : ["Previous time", "Where it spoke before"];
    return html`<button class="plain firing" aria-label="${label}: ${words}" title=${title} @click=${this.send("firing", [key, forward])}>${forward ? "›" : "‹"}</button>`;
  }

  /** @param {Event} event */
  onText(event) {
    this.text = /** @type {HTMLInputElement} */ (event.target).value;
  }

  /** @param {string} key of a kind */
  onKind(key) {
    this.kind = this.kind === key ? "" : key;
  }
}

customElements.define("playground-rules", Rules);
